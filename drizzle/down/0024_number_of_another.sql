-- Why: back to the schema before; what a restored device says of a number is taken for our own signature again.
create or replace function check_submission_transition() returns trigger
language plpgsql set search_path = '' as $$
begin
  if not public.submission_may_go(old.state, new.state)
    -- Of our own, it is certain that they were signed.
    or (old.state = 'receipt-missing' and new.state = 'withdrawn' and old.imported_at is null) then
    raise exception 'a submission cannot go from % to %', old.state, new.state;
  end if;
  return new;
end $$;
