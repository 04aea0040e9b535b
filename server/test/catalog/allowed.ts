/** What the catalog's rules would refuse, word for word as they say it, and why it breaks no isolation. */
const SUPER_ADMINS = "a super admin belongs to no business; the policy shows it its own row only";
const ROW_ID = "a random id, given by the database; nobody chooses it, so nobody learns from a collision";
const DIGEST = "a digest of 256 random bits: whoever could collide has the secret";
const GATE_READS = "functions of schema gate ask before a business is known (docs/decisions/010)";
const KEY_IDS = "one function says which of the operator's keys are in use, and gives out their ids only";
const PAIRINGS =
  "a sign-in is nobody's until Zoho says whose; its functions alone reach it (docs/decisions/016)";
const TO_REVOKE = "one function says which businesses have grants to give back, and nothing of the grants";
const OLD_SIGN_IN =
  "a name of the predecessor's says whose account may be meant; e-mail and TIN come out, to our own sign-in";
const WEBHOOKS =
  "a delivery names its business by a secret of 256 random bits; a sweep names ids only (docs/decisions/019)";
const FIGURES = "one function counts over all businesses and answers numbers alone (docs/decisions/027)";
const REPORT_DAY = "reads with the writer's rights: row-level security holds";
const IDENTITY = "which PostgreSQL this is, in one row; nothing of any business";
const APP = "fiscalise_app";

const gatePolicy = (table: string, cmd = "select", check = "nothing") =>
  `policy gate on ${table}: permissive ${cmd} to fiscalise_gate using true check ${check}`;
const ownRow = (rows: string) => `(${rows})`;
const superAdminPolicy = (table: string, rows: string) =>
  `policy own_business on ${table}: permissive all to public using ${ownRow(rows)} check ${ownRow(rows)}`;
const runsAsGate = (name: string, callers = APP) => `gate.${name} runs as fiscalise_gate for ${callers}`;
const OWN = "(business_id = current_business()) OR ";

export const ALLOWED: Record<string, string> = {
  "table rate_limits names no business": "counts requests of all; its keys are digests",
  "table rate_limits: row-level security is not enabled": "see above",
  "table rate_limits has no policy own_business": "see above",
  "unique key rate_limits_pkey (key) goes over all businesses": "see above",
  "delete on rate_limits to fiscalise_app": "counters expire",

  "table database_identity names no business": IDENTITY,
  "table database_identity has no policy own_business": IDENTITY,
  "unique key database_identity_pkey (one) goes over all businesses": IDENTITY,
  "policy everybody on database_identity: permissive all to public using true check true": IDENTITY,
  [runsAsGate("businesses_with_device()")]: "ids alone; each is then held in its own transaction",

  "table audit_anchors names no business":
    "the heads of all chains; no policy lets the server's role see a row",
  "table audit_anchors has no policy own_business": "see above",
  "unique key audit_anchors_pkey (chain, sequence) goes over all businesses": "the chain is the business",

  "table pairings names no business": PAIRINGS,
  "table pairings has no policy own_business": PAIRINGS,
  "unique key pairings_pkey (id) goes over all businesses": PAIRINGS,
  "unique key pairings_state_sha256_key (state_sha256) goes over all businesses": DIGEST,

  "users.business_id may be null": SUPER_ADMINS,
  "sessions.business_id may be null": SUPER_ADMINS,
  "refresh_tokens.business_id may be null": SUPER_ADMINS,
  "audit_events.business_id may be null":
    "the provider's own chain, which only a super admin's transaction shows",
  [superAdminPolicy("users", `${OWN}((business_id IS NULL) AND (id = current_super_admin()))`)]: SUPER_ADMINS,
  [superAdminPolicy("sessions", `${OWN}((business_id IS NULL) AND (user_id = current_super_admin()))`)]:
    SUPER_ADMINS,
  [superAdminPolicy(
    "refresh_tokens",
    `${OWN}((business_id IS NULL) AND (current_super_admin() IS NOT NULL) AND (EXISTS ( SELECT FROM sessions s WHERE ((s.id = refresh_tokens.session_id) AND (s.user_id = current_super_admin())))))`,
  )]: SUPER_ADMINS,
  [superAdminPolicy("audit_events", `${OWN}((business_id IS NULL) AND (current_super_admin() IS NOT NULL))`)]:
    "see above",
  "unique key users_super_admin_email (email) goes over all businesses": "only over super admins",
  "unique key users_super_admin_number (number) goes over all businesses": "only over super admins",
  "foreign key sessions_user_id_fkey of sessions does not carry the business":
    "for super admins; a second key with the business binds everybody else's",
  "foreign key refresh_tokens_session_id_fkey of refresh_tokens does not carry the business":
    "for super admins; a second key with the business binds everybody else's",

  "unique key audit_events_pkey (id) goes over all businesses": "a running number, given by the database",
  "unique key audit_events_chain_sequence (chain, sequence) goes over all businesses":
    "the chain is the business",
  "unique key businesses_pkey (id) goes over all businesses": "the business itself",
  "unique key sessions_pkey (id) goes over all businesses": ROW_ID,
  "unique key users_pkey (id) goes over all businesses": ROW_ID,
  "unique key one_time_codes_pkey (sha256) goes over all businesses": DIGEST,
  "unique key refresh_tokens_pkey (sha256) goes over all businesses": DIGEST,
  "unique key businesses_tin_key (tin) goes over all businesses":
    "one taxpayer is one business; only a super admin sets it, and is told tin-taken",
  "unique key zoho_connections_organization_id_key (organization_id) goes over all businesses":
    "one organisation is bound to one business; Zoho says first that the admin is a member of it",

  "delete on device_codes to fiscalise_app": "a table of the device is replaced as a whole",
  "delete on item_classes to fiscalise_app": "a table of the device is replaced as a whole",
  "delete on freed_numbers to fiscalise_app": "the next submission takes one",
  "delete on oauth_states to fiscalise_app": "each is used once",
  "delete on one_time_codes to fiscalise_app": "each is used once",
  "delete on refresh_tokens to fiscalise_app": "they go with the session",
  "delete on sessions to fiscalise_app": "expired ones go",
  "delete on tax_mappings to fiscalise_app": "the admin's choice may be taken back",

  "trigger submissions_transition on submissions runs check_submission_transition()":
    "compares the row with itself",
  "trigger receipts_report_day on receipts runs set_report_day()": REPORT_DAY,
  "trigger receipts_keep_report_day on receipts runs set_report_day()": REPORT_DAY,
  "trigger receipt_copies_report_day on receipt_copies runs set_report_day()": REPORT_DAY,
  "select on sold_receipts to fiscalise_app":
    "a view with its reader's rights: row-level security holds below it",
  "select on sold_lines to fiscalise_app":
    "a view with its reader's rights: row-level security holds below it",
  "trigger audit_events_keep on audit_events runs keep_sealed_event()": "compares the row with itself",
  "trigger audit_events_seal on audit_events runs gate.seal_audit_event()":
    "reads and seals the row's own chain",

  "policy makes_no_super_admin on users: restrictive insert to fiscalise_app using  check (business_id IS NOT NULL)":
    "takes a right away: only the owner makes super admins",
  "policy ends_no_super_admin on users: restrictive update to fiscalise_app using ((business_id IS NOT NULL) OR (status = 'active'::text)) check ((business_id IS NOT NULL) OR (status = 'active'::text))":
    "takes a right away: only the owner ends super admins, and none comes back",
  [runsAsGate("super_admins()", "its owner")]: "no role of the servers may call it",
  [gatePolicy("businesses")]: GATE_READS,
  [gatePolicy("users")]: GATE_READS,
  [gatePolicy("sessions")]: GATE_READS,
  [gatePolicy("refresh_tokens")]: GATE_READS,
  [gatePolicy("one_time_codes")]: GATE_READS,
  [gatePolicy("zoho_automation")]: WEBHOOKS,
  "select (business_id) on zoho_automation to fiscalise_gate": WEBHOOKS,
  "select (token_sha256) on zoho_automation to fiscalise_gate": WEBHOOKS,
  "unique key zoho_automation_token_sha256_key (token_sha256) goes over all businesses": DIGEST,
  "delete on webhook_deliveries to fiscalise_app": "what is older than the replay window goes",
  [runsAsGate("business_of_webhook(token_sha256 text)")]: WEBHOOKS,
  [runsAsGate("businesses_to_sweep()")]: WEBHOOKS,
  [runsAsGate("business_of_old_webhook(tin text)")]:
    "an unsigned webhook names its business by TIN; only ids come out, and only of those switched on",
  [runsAsGate("old_users(old_name text)")]: OLD_SIGN_IN,
  "policy gate on predecessor_rows: permissive select to fiscalise_gate using (source_name IS NOT NULL) check nothing":
    OLD_SIGN_IN,
  "select (business_id) on predecessor_rows to fiscalise_gate": OLD_SIGN_IN,
  "select (our_id) on predecessor_rows to fiscalise_gate": OLD_SIGN_IN,
  "select (source_name) on predecessor_rows to fiscalise_gate": OLD_SIGN_IN,
  [gatePolicy("audit_events", "all", "true")]: "the trigger seals; its function knows the row's chain only",
  [gatePolicy("audit_anchors", "all", "true")]: "heads are read and anchors kept for all chains at once",
  "select on businesses to fiscalise_gate": GATE_READS,
  "select on users to fiscalise_gate": GATE_READS,
  "select on sessions to fiscalise_gate": GATE_READS,
  "select on refresh_tokens to fiscalise_gate": GATE_READS,
  "select on one_time_codes to fiscalise_gate": GATE_READS,
  "select on audit_events to fiscalise_gate": "see its policy",
  "update (sequence) on audit_events to fiscalise_gate": "sealing",
  "update (previous_hash) on audit_events to fiscalise_gate": "sealing",
  "update (hash) on audit_events to fiscalise_gate": "sealing",
  "select on audit_anchors to fiscalise_gate": "see its policy",
  "insert on audit_anchors to fiscalise_gate": "see its policy",

  [runsAsGate("accounts_of(sign_in_email text, wanted_tin text)")]: "who signs in names no business yet",
  [runsAsGate("owner_of_refresh_token(token_sha256 text)")]: DIGEST,
  [runsAsGate("business_of_code(code_sha256 text)")]: DIGEST,
  [runsAsGate("is_super_admin(id uuid)")]: "yes or no about an id that is random",
  [runsAsGate("list_businesses(search text, wanted_status text, page_size integer, skip integer)")]:
    "refuses everybody but the active super admin whom the transaction names",
  [runsAsGate("seal_audit_event()", "triggers")]: "runs for the row's own chain",
  [gatePolicy("pairings", "all", "true")]: PAIRINGS,
  "select on pairings to fiscalise_gate": PAIRINGS,
  "insert on pairings to fiscalise_gate": PAIRINGS,
  "update on pairings to fiscalise_gate": PAIRINGS,
  "delete on pairings to fiscalise_gate": PAIRINGS,
  [runsAsGate(
    "begin_pairing(pairing uuid, poll_sha256 text, state_sha256 text, organization text, page text, at timestamp with time zone, ends_at timestamp with time zone)",
  )]: "adds one, whether or not anybody has the organisation",
  [runsAsGate("take_pairing(state_sha256 text, at timestamp with time zone)")]: DIGEST,
  [runsAsGate("business_of_pairing(pairing uuid)")]: "about a random id, after its state came back from Zoho",
  [runsAsGate("settle_pairing(pairing uuid, code_sha256 text, business uuid, person uuid, refusal text)")]:
    "about a random id; tells nothing",
  [runsAsGate("look_at_pairing(pairing uuid, poll_sha256 text, at timestamp with time zone)")]: DIGEST,
  [runsAsGate(
    "redeem_pairing(pairing uuid, poll_sha256 text, code_sha256 text, at timestamp with time zone)",
  )]: DIGEST,
  [gatePolicy("zoho_revocations")]: TO_REVOKE,
  [gatePolicy("oauth_states")]: TO_REVOKE,
  "select (business_id) on zoho_revocations to fiscalise_gate": TO_REVOKE,
  "select (business_id) on oauth_states to fiscalise_gate": TO_REVOKE,
  "select (expires_at) on oauth_states to fiscalise_gate": TO_REVOKE,
  "select (sealed_grant) on oauth_states to fiscalise_gate": TO_REVOKE,
  [runsAsGate("businesses_with_grants_to_revoke(at timestamp with time zone)")]: TO_REVOKE,
  "delete on zoho_revocations to fiscalise_app": "done once Zoho has revoked it",
  "select (organization_id) on zoho_connections to fiscalise_gate": PAIRINGS,
  "select (status) on zoho_connections to fiscalise_gate": PAIRINGS,
  [gatePolicy("data_keys")]: KEY_IDS,
  [gatePolicy("zoho_connections")]: KEY_IDS,
  "select (business_id) on data_keys to fiscalise_gate": KEY_IDS,
  "select (wrapped) on data_keys to fiscalise_gate": KEY_IDS,
  "select (business_id) on zoho_connections to fiscalise_gate": KEY_IDS,
  "select (refresh_token) on zoho_connections to fiscalise_gate": KEY_IDS,
  "select (access_token) on zoho_connections to fiscalise_gate": KEY_IDS,
  [runsAsGate("encryption_keys_in_use()")]: KEY_IDS,
  [runsAsGate("businesses_to_notify()")]: "ids alone; each is then looked at in its own transaction",
  [runsAsGate("businesses_to_close()")]: "ids alone; the days of each are closed in its own transactions",
  [runsAsGate("anchored_heads()")]: "ids of chains and hashes; what they hash is not in it",
  [runsAsGate("unanchored_heads()")]: "ids of chains and hashes; what they hash is not in it",
  [runsAsGate(
    "keep_anchor(chain uuid, sequence bigint, hash bytea, at timestamp with time zone, key_id text, signature text)",
  )]: "adds what is signed with a key the database does not have",
  "policy gate on submissions: permissive select to fiscalise_gate using (state = ANY (ARRAY['queued'::text, 'sending'::text, 'unknown'::text, 'receipt-missing'::text])) check nothing":
    FIGURES,
  [gatePolicy("branches")]: FIGURES,
  "policy gate on write_backs: permissive select to fiscalise_gate using (state = ANY (ARRAY['waiting'::text, 'writing'::text, 'blocked'::text])) check nothing":
    FIGURES,
  "policy gate on automated_documents: permissive select to fiscalise_gate using (state = ANY (ARRAY['waiting'::text, 'refused'::text, 'void-after-fiscalisation'::text])) check nothing":
    FIGURES,
  [gatePolicy("zoho_usage")]: FIGURES,
  "policy gate on notice_mails: permissive select to fiscalise_gate using (sending_since IS NOT NULL) check nothing":
    FIGURES,
  "select (business_id) on submissions to fiscalise_gate": FIGURES,
  "select (state) on submissions to fiscalise_gate": FIGURES,
  "select (state_since) on submissions to fiscalise_gate": FIGURES,
  "select (created_at) on submissions to fiscalise_gate": FIGURES,
  "select (unknown_since) on submissions to fiscalise_gate": FIGURES,
  "select (needs_attention) on submissions to fiscalise_gate": FIGURES,
  "select (business_id) on branches to fiscalise_gate": FIGURES,
  "select (initialised_on) on branches to fiscalise_gate": FIGURES,
  "select (failing_since) on branches to fiscalise_gate": FIGURES,
  "select (resting_until) on branches to fiscalise_gate": FIGURES,
  "select (state) on write_backs to fiscalise_gate": FIGURES,
  "select (state_since) on write_backs to fiscalise_gate": FIGURES,
  "select (created_at) on write_backs to fiscalise_gate": FIGURES,
  "select (problem) on write_backs to fiscalise_gate": FIGURES,
  "select (business_id) on automated_documents to fiscalise_gate": FIGURES,
  "select (state) on automated_documents to fiscalise_gate": FIGURES,
  "select (state_since) on automated_documents to fiscalise_gate": FIGURES,
  "select (business_id) on zoho_usage to fiscalise_gate": FIGURES,
  "select (day) on zoho_usage to fiscalise_gate": FIGURES,
  "select (calls) on zoho_usage to fiscalise_gate": FIGURES,
  "select (day_limit_reached_at) on zoho_usage to fiscalise_gate": FIGURES,
  "select (daily_calls_max) on zoho_automation to fiscalise_gate": FIGURES,
  "select (sending_since) on notice_mails to fiscalise_gate": FIGURES,
  [runsAsGate("businesses_to_reconcile()")]: "ids alone; each is then compared in its own transactions",
  [runsAsGate("open_differences()")]: FIGURES,
  "policy gate on differences: permissive select to fiscalise_gate using ((resolved_at IS NULL) AND (accepted_at IS NULL)) check nothing":
    FIGURES,
  "select (accepted_at) on differences to fiscalise_gate": FIGURES,
  "select (kind) on differences to fiscalise_gate": FIGURES,
  "select (resolved_at) on differences to fiscalise_gate": FIGURES,
  "device_queue.enqueue_reconciliation(business uuid, run_at timestamp with time zone, by_night boolean) runs as fiscalise_queue for fiscalise_app":
    "refuses a business other than its transaction's; the queue's tables stay closed",
  [runsAsGate("businesses_by_id(after uuid, size integer)")]:
    "ids alone; each is then looked at in its own transaction",
  [runsAsGate("platform_figures(moment timestamp with time zone)")]: FIGURES,
  "device_queue.depth(at timestamp with time zone) runs as fiscalise_queue for fiscalise_app":
    "counts jobs by task; whose they are is not in it",
  "device_queue.enqueue(business uuid, branch uuid, run_at timestamp with time zone, keep_earlier boolean) runs as fiscalise_queue for fiscalise_app":
    "refuses every business but the transaction's own",
  "fiscalise_app has usage on schema public": "its tables are there",
  "fiscalise_app has usage on schema gate": "to call its functions",
  "device_queue.enqueue_code_sync(business uuid, branch uuid, run_at timestamp with time zone) runs as fiscalise_queue for fiscalise_app":
    "refuses a business other than its transaction's; the queue's tables stay closed",
  "device_queue.enqueue_write_back(business uuid, run_at timestamp with time zone, keep_earlier boolean) runs as fiscalise_queue for fiscalise_app":
    "refuses a business other than its transaction's; the queue's tables stay closed",
  "device_queue.enqueue_document(business uuid, kind text, document text, may_be_void boolean, run_at timestamp with time zone) runs as fiscalise_queue for fiscalise_app":
    "refuses a business other than its transaction's; the queue's tables stay closed",
  "device_queue.enqueue_bulk_run(business uuid, run_at timestamp with time zone) runs as fiscalise_queue for fiscalise_app":
    "refuses a business other than its transaction's; the queue's tables stay closed",
  "fiscalise_app has usage on schema device_queue": "to call its function",
  "fiscalise_gate has usage on schema public": GATE_READS,
  "fiscalise_gate has usage on schema gate": "its functions call each other",
  "fiscalise_queue has usage on schema public": "PostgreSQL's default; it has no right on anything in it",
  "fiscalise_queue has create on the database": "the engine makes its own schema",
};
