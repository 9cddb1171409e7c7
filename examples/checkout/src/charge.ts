import { Calderwick } from "@calderwick/sdk";

const calderwick = new Calderwick({ secret: process.env.CALDERWICK_CLIENT_SECRET });

export function charge(order: { total: number; card: string }) {
  return calderwick.charges.create({ amount: order.total, source: order.card });
}
