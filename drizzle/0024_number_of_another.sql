-- Why: 924 to what was on its way before a restore says that the number is used, and it may be another document's (docs/decisions/030).
create or replace function check_submission_transition() returns trigger
language plpgsql set search_path = '' as $$
begin
  if not public.submission_may_go(old.state, new.state)
    -- Of our own, it is certain that they were signed, unless a restore left it open what had the number.
    or (old.state = 'receipt-missing' and new.state = 'withdrawn' and old.imported_at is null and not exists (
      select from public.lost_numbers l
      where l.business_id = old.business_id and l.branch_id = old.branch_id and l.number = old.invoice_number
        and l.settled_as is null)) then
    raise exception 'a submission cannot go from % to %', old.state, new.state;
  end if;
  return new;
end $$;
