-- Why: back to the schema before; the provider's own events have no place there.
drop trigger audit_events_seal on audit_events;
drop trigger audit_events_keep on audit_events;
drop function keep_sealed_event();
drop policy gate on audit_events;
drop function gate.unanchored_heads(), gate.anchored_heads(), gate.seal_audit_event(),
  gate.keep_anchor(uuid, bigint, bytea, timestamptz, text, text);
drop function gate.audit_hash(audit_events, bigint, bytea);
drop function gate.netstring(text);
drop table audit_anchors;
revoke all on audit_events from fiscalise_gate;
alter table audit_events no force row level security;
delete from audit_events where business_id is null;
alter table audit_events force row level security;
drop policy own_business on audit_events;
create policy own_business on audit_events
  using (business_id = current_business()) with check (business_id = current_business());
drop index audit_events_time, audit_events_action, audit_events_actor, audit_events_refused;
alter table audit_events
  drop constraint audit_events_chain_sequence, drop constraint audit_events_sealed,
  drop column chain, drop column result, drop column address, drop column request_id,
  drop column sequence, drop column previous_hash, drop column hash,
  alter column business_id set not null;
revoke insert (business_id, actor, action, subject, detail) on audit_events from fiscalise_app;
grant insert on audit_events to fiscalise_app;
