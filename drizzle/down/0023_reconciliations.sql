-- Why: back to the schema before; what was compared is forgotten, and the next run of a later version finds it again.
drop function gate.open_differences();
drop function gate.businesses_to_reconcile();
drop table differences, reconciled_documents, reconciliations;
drop index submissions_by_document_date, submissions_signed_unexpectedly;
alter table submissions drop column document_date;
alter table zoho_automation drop column organization_since;
