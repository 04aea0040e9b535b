-- Why: back to the schema before; the predecessor's addresses answer nobody again.
drop function gate.business_of_old_webhook(text);
drop table predecessor_calls;
alter table businesses drop column predecessor_api_since;
