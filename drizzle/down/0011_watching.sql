-- Why: back to the schema before; nothing but numbers was read by this.
drop function gate.platform_figures(timestamptz);
drop policy gate on submissions;
drop policy gate on branches;
drop policy gate on write_backs;
drop policy gate on automated_documents;
drop policy gate on zoho_usage;
drop policy gate on notice_mails;
revoke select (business_id, state, state_since, created_at, unknown_since, needs_attention) on submissions from fiscalise_gate;
revoke select (business_id, initialised_on, failing_since, resting_until) on branches from fiscalise_gate;
revoke select (state, state_since, created_at, problem) on write_backs from fiscalise_gate;
revoke select (business_id, state, state_since) on automated_documents from fiscalise_gate;
revoke select (business_id, day, calls, day_limit_reached_at) on zoho_usage from fiscalise_gate;
revoke select (daily_calls_max) on zoho_automation from fiscalise_gate;
revoke select (sending_since) on notice_mails from fiscalise_gate;
drop index submissions_without_receipt;
