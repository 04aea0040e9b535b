-- Why: back to the schema before. Who holds a lease goes on without it.
drop table leases;
