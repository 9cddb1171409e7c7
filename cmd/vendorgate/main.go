// Command vendorgate is the gate for API vendor integrations.
package main

func main() {}
