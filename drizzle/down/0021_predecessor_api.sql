-- Why: back to the schema before; the predecessor's addresses answer nobody again.
drop function gate.business_of_old_webhook(text);
drop function gate.old_users(text);
drop policy gate on predecessor_rows;
revoke select (business_id, our_id, source_name) on predecessor_rows from fiscalise_gate;
drop table predecessor_calls;
alter table businesses drop column predecessor_api_since;
