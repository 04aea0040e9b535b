-- Why: back to the schema before. What has been refunded cannot go back to a time without refunds.
alter table submissions no force row level security;
do $$ begin
  if exists (select from submissions where transaction_kind = 'refund') then
    raise exception 'there are refunds: their receipts would be lost';
  end if;
end $$;
alter table submissions force row level security;
drop index submissions_customer, submissions_one_refund;
alter table submissions
  drop constraint submissions_refund, drop constraint submissions_original,
  drop constraint submissions_transaction_kind_check, drop constraint submissions_document_kind_check,
  drop column refund_reason, drop column original_submission_id, drop column zoho_customer_id,
  add constraint submissions_document_kind_check check (document_kind in ('invoice')),
  add constraint submissions_transaction_kind_check check (transaction_kind in ('sale'));
