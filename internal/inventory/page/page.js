"use strict";
// Sorts and filters what is there. Without this script the tables stand in their first order.
const order = new Intl.Collator("en", {numeric: true});
const key = (row, at) => row.cells[at].dataset.key ?? row.cells[at].textContent.trim();

function sort(table, at) {
  const heads = [...table.tHead.rows[0].cells];
  const down = heads[at].getAttribute("aria-sort") === "ascending";
  heads.forEach((head) => head.removeAttribute("aria-sort"));
  heads[at].setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((a, b) => {
    const x = key(a, at), y = key(b, at);
    if (x === "" || y === "") return (x === "") - (y === "");
    return order.compare(x, y) * (down ? -1 : 1);
  });
  body.append(...rows);
}

function filter(table, text) {
  const words = text.toLowerCase().split(/\s+/);
  for (const row of table.tBodies[0].rows) {
    const have = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => have.includes(word));
  }
}

document.documentElement.classList.add("js");
for (const table of document.querySelectorAll("table[data-sort]")) {
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(table, at));
    head.append(button);
  });
  const find = document.createElement("label");
  const input = document.createElement("input");
  find.className = "find";
  input.type = "search";
  input.placeholder = "Filter";
  input.setAttribute("aria-label", "Filter: " + table.caption.textContent);
  input.setAttribute("aria-controls", table.id);
  input.addEventListener("input", () => filter(table, input.value.trim()));
  find.append(input);
  table.closest("section").querySelector(".title").append(find);
}

// A link can name an order: #sort=records.tier, and again for the other direction.
for (const wish of (/^#sort=([a-z_.,]+)$/.exec(location.hash)?.[1] ?? "").split(",")) {
  const [id, column] = wish.split(".");
  document.querySelector(`table[data-sort]#${id || "none"} th[data-column="${column}"] button`)?.click();
}
