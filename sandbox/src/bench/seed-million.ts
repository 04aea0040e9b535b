import postgres from "postgres";

export interface SeedSize {
  businesses: number;
  receipts: number;
  /** Of the first business: the other receipts are spread evenly over the rest. */
  bigShare: number;
}
export const MILLION: SeedSize = { businesses: 1_000, receipts: 1_000_000, bigShare: 0.1 };

/** One submission in 51 is not fiscalised: refused, withdrawn, lost or on its way. */
const OTHERS_EVERY = 51;
const DAYS = 365;
/** Of a business; some are accepted, most are over. */
const DIFFERENCES = 60;

export interface SeededBusiness {
  id: string;
  adminId: string;
  branchId: string;
}

/** The ids of the n-th seeded business, from 1. */
export function seededBusiness(n: number): SeededBusiness {
  const id = (kind: string) => `5eed000${kind}-0000-4000-8000-${String(n).padStart(12, "0")}`;
  return { id: id("1"), adminId: id("2"), branchId: id("3") };
}

/** The one super admin; without a password. */
export const SEEDED_SUPER_ADMIN = "5eed0004-0000-4000-8000-000000000001";

/**
 * A year of business ending at `until`, made inside the database: as wide as real rows, the same every time. As the
 * owner, without row triggers; the secondary indexes are built once at the end. Two connections fill two cores.
 */
export async function seedMillion(
  ownerUrl: string,
  { size = MILLION, until = new Date() } = {},
): Promise<void> {
  const sql = postgres(ownerUrl, {
    max: 2,
    onnotice: () => {},
    connection: { session_replication_role: "replica", maintenance_work_mem: "256MB", work_mem: "64MB" },
  });
  try {
    await sql.unsafe(businessesSql(size));
    const indexes = await dropSecondaryIndexes(sql);
    const rows = Math.ceil((size.receipts * OTHERS_EVERY) / (OTHERS_EVERY - 1));
    const half = Math.ceil(rows / 2);
    await sql.unsafe(documentsTable(size, { rows, until }));
    const halves = [1, 2].map((part) => `n between ${(part - 1) * half + 1} and ${part * half}`);
    await Promise.all(halves.map((where) => sql.unsafe(submissionsSql(where))));
    await Promise.all([sql.unsafe(receiptsSql()), sql.unsafe(attemptsSql())]);
    await sql.unsafe(copiesSql());
    await Promise.all(indexes.map((definition) => sql.unsafe(definition)));
    await sql.unsafe("drop table seeded_documents");
    await Promise.all(
      ["submissions", "receipts, attempts"].map((tables) => sql.unsafe(`vacuum (analyze) ${tables}`)),
    );
    await sql.unsafe("analyze");
  } finally {
    await sql.end();
  }
}

/** Those that no constraint stands on; the answer makes them again. */
async function dropSecondaryIndexes(sql: postgres.Sql): Promise<string[]> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i where i.indrelid in ('submissions'::regclass, 'receipts'::regclass, 'attempts'::regclass)
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  return indexes.map(({ definition }) => definition);
}

const idOf = (kind: string, number: string) =>
  `('5eed000${kind}-0000-4000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;

/** Scattered as random ids are, and of version 4. */
const uuidOf = (text: string) =>
  `overlay(overlay(md5(${text}) placing '4' from 13) placing '8' from 17)::uuid`;

function businessesSql({ businesses }: SeedSize): string {
  return `
    insert into businesses (id, name, tin, address, phone, email, jurisdiction, company_confirmed_at, last_user_number)
      select ${idOf("1", "n")}, (array['Kigali', 'Huye', 'Musanze', 'Rubavu', 'Nyagatare'])[1 + n % 5] || ' '
        || (array['Traders', 'Hardware', 'Foods', 'Textiles', 'Pharmacy', 'Motors', 'Hotel'])[1 + n % 7] || ' ' || n || ' Ltd',
        (100000000 + n)::text, 'KN 5 Rd ' || n || E'\\nKigali', '+250 788 300 100', 'accounts' || n || '@example.rw', 'RW',
        now(), 1
      from generate_series(1, ${businesses}) n;
    insert into users (id, business_id, number, name, email, role)
      select ${idOf("2", "n")}, ${idOf("1", "n")}, 1, 'Aline Uwase', 'aline' || n || '@example.rw', 'business_admin'
      from generate_series(1, ${businesses}) n;
    insert into users (id, business_id, number, name, email, role)
      values ('${SEEDED_SUPER_ADMIN}', null, 1, 'Provider', 'provider@example.rw', 'super_admin');
    insert into sessions (id, business_id, user_id, expires_at)
      values ('${SEEDED_SUPER_ADMIN}', null, '${SEEDED_SUPER_ADMIN}', now() + interval '1 day');
    insert into sessions (id, business_id, user_id, expires_at)
      select ${idOf("2", "n")}, ${idOf("1", "n")}, ${idOf("2", "n")}, now() + interval '1 day'
      from generate_series(1, ${businesses}) n;
    insert into branches (id, business_id, bhf_id, base_url, device_serial, initialised_on, vat_registered, last_invoice_number,
      last_answer_at)
      select ${idOf("3", "n")}, ${idOf("1", "n")}, '00', 'http://127.0.0.1:9/device/' || n, 'dvc' || n, current_date - 400,
        true, 1000000, now()
      from generate_series(1, ${businesses}) n;
    insert into reconciliations (business_id, id, created_at, from_day, to_day, outcome, ended_at)
      select ${idOf("1", "n")}, ${idOf("2", "n")}, now(), '2026-01-01', '2026-01-31', 'completed', now()
      from generate_series(1, ${businesses}) n;
    insert into differences (business_id, kind, subject, document_kind, zoho_document_id, detail, found_sha256, first_seen,
      reconciliation_id, resolved_at, accepted_at, accepted_by, accepted_reason)
      select ${idOf("1", "n")}, 'not-fiscalised', 'invoice:' || d, 'invoice', d::text,
        '{"here": null, "there": "11800 RWF, 2026-01-12", "changes": []}', repeat('0', 64), now(), ${idOf("2", "n")},
        case when d > 4 then now() end, case when d < 3 then now() end,
        case when d < 3 then ${idOf("2", "n")} end, case when d < 3 then 'As agreed' end
      from generate_series(1, ${businesses}) n, generate_series(1, ${DIFFERENCES}) d;`;
}

/** 97 has no factor in common with the shares, so every business meets every fate. */
const FATE = `case
  when (n / ${OTHERS_EVERY}) % 97 < 70 then 'rejected' when (n / ${OTHERS_EVERY}) % 97 < 91 then 'withdrawn'
  when (n / ${OTHERS_EVERY}) % 97 < 93 then 'receipt-missing' when (n / ${OTHERS_EVERY}) % 97 < 94 then 'unknown'
  when (n / ${OTHERS_EVERY}) % 97 < 95 then 'queued' else 'superseded' end`;

/** What every table takes from: business, moment and fate of each document, in the order they came. */
function documentsTable(size: SeedSize, { rows, until }: { rows: number; until: Date }): string {
  const others = Math.max(1, size.businesses - 1);
  const bigEvery = Math.round(1 / size.bigShare);
  return `
    create unlogged table seeded_documents as
    select n, b, ${idOf("1", "b")} as business_id, ${idOf("2", "b")} as admin_id, ${idOf("3", "b")} as branch_id,
      ${uuidOf("'submission' || n")} as id, ${uuidOf("'receipt' || n")} as receipt_id, state, amount, round(amount * 18 / 118, 2) as vat,
      timestamptz '${until.toISOString()}' - (${rows} - n) * (interval '${DAYS} days' / ${rows}) as at,
      '48150000' || lpad((case when state = 'rejected' and b = 1 and (n / ${OTHERS_EVERY}) % 97 % 4 <> 0 then n + ${bigEvery} else n end)::text, 11, '0')
        as zoho_id,
      'INV-' || lpad(n::text, 7, '0') as document_number, 
      (array['Uwera', 'Mugisha', 'Kigali Heights', 'Ingabire', 'Habimana', 'Inyange', 'Simba', 'Umutesi'])[1 + n % 97 % 8] || ' '
        || (array['Ltd', 'Supermarket', 'Hotel', 'Clinic', 'School', 'Garage'])[1 + n % 97 % 6] || ' ' || n % 97 as buyer
    from (
      select n, case when n % ${bigEvery} = 0 or ${size.businesses} = 1 then 1 else 2 + (n::bigint * 7919) % ${others} end as b,
        (1000 + (n::bigint * 7907) % 900000)::numeric(18, 2) as amount,
        case when n % ${OTHERS_EVERY} <> 0 then 'fiscalised' else ${FATE} end as state
      from generate_series(1, ${rows}) n) chosen;
    analyze seeded_documents;`;
}

/** The same in every row: nothing measured reads it, but a row must be as wide as a real one. */
const SELLER = JSON.stringify({
  tin: "100000001",
  name: "Kigali Hardware Ltd",
  email: "accounts@example.rw",
  phone: "+250 788 300 100",
  address: "KN 5 Rd 12, Nyarugenge",
  branchId: "00",
  language: "en",
  logoSha256: null,
  topMessage: null,
  bottomMessage: null,
  software: { name: "Fiscalise", version: "0.1.0" },
});
const SALE = JSON.stringify({
  date: "2026-11-25",
  buyer: { tin: "100000002", name: "Uwera Supermarket", mobile: null, purchaseCode: null },
  lines: [],
  total: "11800",
  payment: "credit",
  grossTotal: "11800",
  currencyCode: "RWF",
  exchangeRate: "1",
  documentNumber: "INV-0000001",
});
const FINGERPRINT = JSON.stringify({
  date: "2026-11-25",
  total: "11800",
  currency: "RWF",
  buyer: null,
  lines: [],
});

/** The first business's rows are whole; the others' leave out what a real row keeps out of line anyway. */
function submissionsSql(where: string): string {
  return `
    insert into submissions (id, business_id, branch_id, sequence, document_kind, transaction_kind, zoho_document_id,
      document_number, state, state_since, created_at, created_by, actor, invoice_number, line_arithmetic, frozen_at,
      request_path, request_text, request_sha256, buyer_name, total, vat, sale, document_text, fingerprint, item_codes,
      registrations, seller, attempts, unknown_attempts, unknown_since, next_attempt_at, needs_attention, problem, result_code,
      result_message)
    overriding system value
    select id, business_id, branch_id, n, 'invoice', 'sale', zoho_id, document_number, state, at, at, admin_id,
      '{"name": "Aline Uwase", "number": "1"}', case when state in ('rejected', 'withdrawn') then null else n end, 'natural', at,
      '/trnsSales/saveSales', ${requestText()}, md5(n::text) || md5(n::text), buyer, amount, vat, '${SALE}',
      case when b = 1 then repeat('{"code":0,"invoice_id":"' || zoho_id || '","line":' || n || '},', 70) else '{"invoice":{}}' end,
      '${FINGERPRINT}', '{"general:goods": "RW2NTXU0000001"}', '[]', '${SELLER}',
      case when state in ('queued', 'withdrawn') then 0 else 1 end, case when state = 'unknown' then 12 else 0 end,
      case when state = 'unknown' then at end, at, state in ('unknown', 'receipt-missing'),
      case state when 'rejected' then 'device-refused' end, case state when 'rejected' then '882' when 'fiscalised' then '000' end,
      case state when 'rejected' then 'Purchase code is invalid' when 'fiscalised' then 'It is succeeded' end
    from seeded_documents where ${where} order by seeded_documents.n`;
}

function requestText(): string {
  const line = `'{"itemSeq":1,"itemCd":"RW2NTXU0000001","itemClsCd":"5059690800","itemNm":"Paper A4","bcd":null,"pkgUnitCd":"NT",'
    || '"pkg":1,"qtyUnitCd":"BX","qty":1,"prc":' || amount || ',"splyAmt":' || amount || ',"dcRt":0,"dcAmt":0,"isrccCd":null,'
    || '"isrccNm":null,"isrcRt":null,"isrcAmt":null,"taxTyCd":"B","taxblAmt":' || amount || ',"taxAmt":' || vat || ',"totAmt":'
    || amount || '}'`;
  return `'{"tin":"' || (100000000 + b) || '","bhfId":"00","invcNo":' || n || ',"orgInvcNo":0,"custTin":null,"prcOrdCd":null,'
    || '"custNm":"' || buyer || '","salesTyCd":"N","rcptTyCd":"S","pmtTyCd":"02","salesSttsCd":"02","cfmDt":"20261125130949",'
    || '"salesDt":"20261125","totItemCnt":1,"taxblAmtA":0,"taxblAmtB":' || amount || ',"taxblAmtC":0,"taxblAmtD":0,"taxRtA":0,'
    || '"taxRtB":18,"taxRtC":0,"taxRtD":0,"taxAmtA":0,"taxAmtB":' || vat || ',"taxAmtC":0,"taxAmtD":0,"totTaxblAmt":' || amount
    || ',"totTaxAmt":' || vat || ',"totAmt":' || amount || ',"prchrAcptcYn":"N","remark":"' || document_number || '","receipt":'
    || '{"custTin":null,"custMblNo":null,"rptNo":1,"trdeNm":"Shop","adrs":"KN 5 Rd 12","topMsg":null,"btmMsg":null,'
    || '"prchrAcptcYn":"N"},"itemList":[' || case when b = 1 then ${line} || ',' || ${line} || ',' else '' end || ${line} || ']}'`;
}

/** Of one receipt in twenty somebody made a copy. */
function copiesSql(): string {
  return `insert into receipt_copies (business_id, receipt_id, number, report_day)
    select business_id, id, 1, report_day from receipts where hashtext(id::text) % 20 = 0;`;
}

function receiptsSql(): string {
  return `
    insert into receipts (id, business_id, submission_id, receipt_number, total_number, internal_data, signature, published_at,
      sdc_id, mrc_number, source, seller, qr_text, issued_on, report_day, label, total, vat, created_at)
    select receipt_id, business_id, id, n, n, upper(substr(translate(md5(n::text), '0189', 'ABCD'), 1, 26)),
      upper(substr(translate(md5('s' || n), '0189', 'ABCD'), 1, 16)), to_char(at at time zone 'UTC' + interval '2 hours',
      'YYYYMMDDHH24MISS'), 'SDC001000123', 'WIS00012345', case when n % 1009 = 0 then 'adopted' else 'device' end,
      '${SELLER}',
      'https://myrra.rra.gov.rw/common/link/ebm/receipt/indexEbmReceiptData?Data=' || (100000000 + b) || '00' || md5('q' || n),
      (at at time zone 'UTC' + interval '2 hours')::date, (at at time zone 'UTC' + interval '2 hours')::date, 'NS', amount, vat, at
    from seeded_documents where state = 'fiscalised' order by seeded_documents.n`;
}

function attemptsSql(): string {
  return `
    insert into attempts (business_id, submission_id, number, invoice_number, request_sha256, worker, started_at, finished_at,
      outcome, result_code, answer_text)
    select business_id, id, 1, n, md5(n::text) || md5(n::text), 'pool-05ba5d3567ec2c0d3f', at, at,
      case state when 'fiscalised' then 'signed' when 'rejected' then 'rejected' else 'unknown' end,
      case state when 'fiscalised' then '000' when 'rejected' then '882' end,
      '{"resultCd":"000","resultMsg":"It is succeeded","resultDt":"20261125130949","data":{"rcptNo":' || n || ',"intrlData":"'
        || md5(n::text) || '","rcptSign":"V249J39CFJ48HE2W","totRcptNo":' || n || ',"sdcId":"SDC001000123"}}'
    from seeded_documents where state not in ('queued', 'withdrawn') order by seeded_documents.n`;
}
