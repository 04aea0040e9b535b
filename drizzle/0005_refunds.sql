-- Why: a credit note refunds a receipt, whole and once (fiscal rules §7).

alter table submissions
  drop constraint submissions_document_kind_check,
  drop constraint submissions_transaction_kind_check,
  -- Whose document it is; a refund's must be its original's.
  add column zoho_customer_id text,
  add column original_submission_id uuid,
  -- RRA's code, 01 to 13.
  add column refund_reason text check (refund_reason ~ '^(0[1-9]|1[0-3])$'),
  add constraint submissions_document_kind_check check (document_kind in ('invoice', 'credit-note')),
  add constraint submissions_transaction_kind_check check (transaction_kind in ('sale', 'refund')),
  add constraint submissions_original foreign key (business_id, original_submission_id)
    references submissions (business_id, id),
  add constraint submissions_refund check (
    (transaction_kind = 'refund') = (document_kind = 'credit-note')
    and (transaction_kind = 'refund') = (original_submission_id is not null)
    and (transaction_kind = 'refund') = (refund_reason is not null));
-- The owner is bound by FORCE too, and must see every row for a moment.
alter table submissions no force row level security;
update submissions set zoho_customer_id = document_text::jsonb #>> '{invoice,customer_id}';
alter table submissions force row level security;

-- One refund of a receipt, whoever races whom.
create unique index submissions_one_refund on submissions (business_id, original_submission_id)
  where original_submission_id is not null and state not in ('rejected', 'withdrawn');
-- What a credit note of this customer may refund.
create index submissions_customer on submissions (business_id, zoho_customer_id, sequence desc)
  where transaction_kind = 'sale' and state in ('fiscalised', 'receipt-missing');
