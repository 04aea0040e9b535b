import { element, setText, toast } from "./common.js";

const heads = document.getElementById("wire-heads");
let headsText = "";
let wire = null;
let wireText = "";

/**
 * @param {{ exchanges: any[], wire: any }} state
 * @param {(key: string) => void} choose  an empty key follows the newest call
 */
export function showWire(state, choose) {
  const text = JSON.stringify([state.exchanges, state.wire?.key]);
  if (text !== headsText) drawHeads(state, choose);
  headsText = text;
  if (JSON.stringify(state.wire) === wireText) return;
  wire = state.wire;
  wireText = JSON.stringify(wire);
  drawPanes();
}

function drawHeads({ exchanges, wire: chosen }, choose) {
  const focused = heads.querySelector(":focus")?.dataset.key;
  heads.replaceChildren(
    ...exchanges.map((head, index) => {
      const what = head.invoiceNumber ? `${head.path} no. ${head.invoiceNumber}` : head.path;
      const button = element(
        "button",
        { type: "button", "data-key": head.key, "aria-pressed": head.key === chosen?.key },
        element("span", {}, what.replace(/^\/\w+\//, "")),
        element("strong", {}, head.outcome),
        element("span", { className: "muted" }, new Date(head.at).toLocaleTimeString("en-GB")),
        element("span", { className: "muted" }, head.signed ? "signed" : ""),
      );
      button.addEventListener("click", () => choose(index === 0 ? "" : head.key));
      return element("li", {}, button);
    }),
  );
  if (focused) heads.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function drawPanes() {
  const isExact = document.querySelector('input[name="wire-form"]:checked').value === "exact";
  drawPane("wire-request", wire?.request, isExact, "No call yet.");
  drawPane("wire-answer", wire?.answer, isExact, wire ? "No answer was sent." : "");
  setText(
    document.getElementById("wire-request-note"),
    wire ? `sha-256 ${wire.request.sha256.slice(0, 16)}…` : "",
  );
  setText(
    document.getElementById("wire-answer-note"),
    wire?.answer ? `HTTP ${wire.answer.httpStatus ?? "–"}` : "",
  );
}

function drawPane(id, text, isExact, empty) {
  const pane = document.getElementById(id);
  pane.classList.toggle("exact", isExact);
  if (!text) pane.replaceChildren(element("span", { className: "muted" }, empty));
  else if (isExact) pane.replaceChildren(text.exact);
  else pane.replaceChildren(...coloured(text.pretty));
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/g;

/** @returns {(Node | string)[]} */
function coloured(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(end, match.index));
    const className = match[2] ? "json-name" : match[1] ? "json-text" : "json-number";
    parts.push(element("span", { className }, match[1] ?? match[0]), match[2] ?? "");
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

for (const input of document.querySelectorAll('input[name="wire-form"]'))
  input.addEventListener("change", drawPanes);
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const exact = button.dataset.copy === "wire-request" ? wire?.request.exact : wire?.answer?.exact;
    await navigator.clipboard.writeText(exact ?? "");
    toast("success", "The exact text is copied.");
  });
}
