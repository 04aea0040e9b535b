import { element, setText } from "./common.js";

const body = document.getElementById("ledger-rows");
const summary = document.getElementById("ledger-summary");
/** @type {Map<string, { text: string, row: HTMLTableRowElement }>} */
let shown = new Map();

/** Rows that did not change keep their node, so nothing flickers and a selection survives. */
export function showLedger(ledger) {
  const isFirst = summary.textContent === "";
  const next = new Map();
  for (const row of ledger.rows) {
    const key = row.ours?.id ?? `device ${row.invoiceNumber}`;
    const text = JSON.stringify(row);
    const before = shown.get(key);
    const node = before?.text === text ? before.row : drawRow(row, !isFirst);
    next.set(key, { text, row: node });
  }
  const nodes = [...next.values()].map(({ row }) => row);
  if (nodes.length !== body.children.length || nodes.some((node, index) => body.children[index] !== node)) {
    body.replaceChildren(...nodes);
  }
  shown = next;
  document.getElementById("ledger-empty").hidden = nodes.length > 0;
  summarise(ledger);
}

function summarise({ rows, hidden, signed, alarms, trouble }) {
  const receipts = signed === 1 ? "1 receipt" : `${signed} receipts`;
  const lines = alarms === 1 ? "1 line does" : `${alarms} lines do`;
  summary.dataset.tone = alarms > 0 ? "bad" : trouble || rows.length === 0 ? "" : "good";
  const agreed = signed === 0 ? "Nothing signed yet" : `✓ ${receipts}, all accounted for`;
  const verdict = trouble || (alarms > 0 ? `✕ ${lines} not agree` : agreed);
  setText(summary, hidden > 0 ? `${verdict} (the newest ${rows.length} shown)` : verdict);
}

function drawRow(row, isFresh) {
  const { device, ours } = row;
  const className = [row.alarm && "alarm", isFresh && "fresh"].filter(Boolean).join(" ");
  return element(
    "tr",
    { className },
    cell(row.invoiceNumber ?? "–", "figure"),
    cell(device?.counter),
    cell(device?.documentNumber),
    cell(device && figure(device.total), "figure"),
    sha(device?.requestSha256),
    verdict(row),
    cell(ours?.documentNumber),
    cell(ours && `${ours.state}, ${clock(ours.stateSince)}`),
    cell(ours?.receiptCounter),
    cell(ours && String(ours.attempts), "figure"),
    cell(ours?.lastResult, "long"),
    sha(ours?.requestSha256),
  );
}

function verdict(row) {
  const bytes = row.sameBytes
    ? element("span", { className: "bytes-equal", title: "The SHA-256 of both sides is equal" }, " = bytes")
    : null;
  const mark = row.alarm ? "✕ " : row.verdict === "matches" ? "✓ " : "";
  return element(
    "td",
    { className: `verdict verdict-${row.verdict}` },
    element("span", { className: "verdict-tag" }, mark + row.word),
    bytes,
  );
}

function cell(text, className = "") {
  return element("td", { className, title: className === "long" ? (text ?? "") : "" }, text ?? "");
}

function sha(text) {
  return element("td", {}, element("code", { title: text ?? "" }, text?.slice(0, 8) ?? ""));
}

function figure(text) {
  return Number(text).toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function clock(instant) {
  return new Date(instant).toLocaleTimeString("en-GB");
}
