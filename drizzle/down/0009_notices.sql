-- Why: back to the schema before; what was told is forgotten, so the next release to send mails tells it again.
drop function gate.businesses_to_notify();
drop table notice_mails;
alter table branches drop column failing_since;
revoke update (wants_notices) on users from fiscalise_app;
alter table users drop column wants_notices;
