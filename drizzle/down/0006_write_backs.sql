-- Why: back to the schema before; what was written to Zoho stays there.
drop table write_backs;
