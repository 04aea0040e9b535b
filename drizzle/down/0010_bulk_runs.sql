-- Why: back to the schema before; what the runs signed stays.
drop table bulk_documents, bulk_runs;
