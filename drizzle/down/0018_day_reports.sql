-- Why: back to the schema before; the reports are lost, the receipts stay.
drop function gate.businesses_to_close();
drop view sold_lines, sold_receipts;
drop trigger receipts_report_day on receipts;
drop trigger receipts_keep_report_day on receipts;
drop trigger receipt_copies_report_day on receipt_copies;
drop function set_report_day();
drop function first_open_day(uuid, date);
alter table receipts drop column report_day;
alter table receipt_copies drop column report_day;
drop table day_report_figures, day_reports;
