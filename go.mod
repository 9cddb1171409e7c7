module github.com/vendorgate/vendorgate

go 1.26
