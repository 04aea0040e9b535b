import { element, postJson, root, toast } from "./common.js";
import { exampleInvoice, readField, recalculate, writeField } from "./invoice-draft.js";

const form = document.getElementById("document-form");
const source = document.getElementById("document-source");
const text = document.getElementById("document-text");
const problems = document.getElementById("document-problems");
const replace = document.getElementById("document-replace");
const fields = [...form.querySelectorAll("[data-path]")];
let knownInvoices = "";

export function startDocumentForm() {
  for (const field of fields) field.addEventListener("input", () => fieldChanged(field));
  text.addEventListener("input", fillFields);
  source.addEventListener("change", () => load(source.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(event.submitter?.value === "same");
  });
  void load(new URLSearchParams(location.search).get("edit") ?? "");
  return { show: showInvoices };
}

function showInvoices(list) {
  if (JSON.stringify(list) === knownInvoices) return;
  knownInvoices = JSON.stringify(list);
  const chosen = source.dataset.id ?? "";
  source.replaceChildren(
    element("option", { value: "" }, "an example"),
    ...list.map(({ id, number, customer }) => element("option", { value: id }, `${number}, ${customer}`)),
  );
  source.value = chosen;
}

async function load(id) {
  const answer = id ? await fetch(`${root}/control/invoices/${encodeURIComponent(id)}`) : null;
  const isFound = answer?.ok === true;
  if (answer && !isFound) toast("error", "This invoice is not there any more.");
  source.dataset.id = isFound ? id : "";
  source.value = source.dataset.id;
  replace.hidden = !isFound;
  problems.replaceChildren();
  if (isFound) text.value = await answer.text();
  else write(exampleInvoice(new Date()));
  fillFields();
}

function write(invoice) {
  text.value = JSON.stringify(invoice, null, 2);
}

/** Null while the text is being typed and is no JSON. */
function draft() {
  try {
    const value = JSON.parse(text.value);
    return value?.invoice ?? value;
  } catch {
    return null;
  }
}

function fillFields() {
  const invoice = draft();
  for (const field of fields) {
    field.disabled = invoice === null;
    if (invoice && field !== document.activeElement) field.value = readField(invoice, field.dataset.path);
  }
}

function fieldChanged(field) {
  const invoice = draft();
  if (!invoice) return;
  writeField(invoice, field.dataset.path, field.value);
  if (/^line:(quantity|rate)$/.test(field.dataset.path)) recalculate(invoice);
  write(invoice);
}

async function send(isSame) {
  const answer = await postJson("/control/invoices", { text: text.value, asNew: !isSame });
  problems.replaceChildren();
  if (!answer.ok) {
    const list = (answer.body?.fields ?? []).map((field) => element("li", {}, field));
    problems.append(element("p", {}, answer.message), element("ul", {}, ...list));
    return;
  }
  toast("success", `${answer.body.number} is in Zoho Books.`);
  problems.append(element("a", { href: answer.body.path }, `Open ${answer.body.number}`));
}
