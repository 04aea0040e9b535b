import { element } from "./common.js";

const rows = document.getElementById("webhook-rows");
const CAUSES = {
  add: "Created",
  edit: "Changed",
  again: "Sent again by hand",
  forged: "Forged by hand",
};
let shown = "";
let send = () => {};

/** @param {any[]} deliveries  the newest first */
export function showWebhooks(deliveries) {
  document.getElementById("webhook-empty").hidden = deliveries.length > 0;
  rows.closest("table").hidden = deliveries.length === 0;
  const text = JSON.stringify(deliveries);
  if (text === shown) return;
  shown = text;
  const focused = document.activeElement?.dataset?.send;
  rows.replaceChildren(...deliveries.map(row));
  if (focused) rows.querySelector(`[data-send="${CSS.escape(focused)}"]`)?.focus();
}

/** @param {(path: string, body: unknown) => void} act */
export function startWebhooks(act) {
  send = (id, forged) => act("/control/webhooks", { id, forged });
}

function row({ id, at, webhook, cause, document: number, method, url, status, problem }) {
  const taken = status !== null && status < 300;
  const answered = `${taken ? "Taken" : "Refused"}, HTTP ${status}`;
  const unanswered = problem === null ? "Under way" : `No answer, ${problem}`;
  return element(
    "tr",
    {},
    cell(new Date(at).toLocaleTimeString("en-GB")),
    cell(webhook),
    cell(CAUSES[cause] ?? cause),
    cell(number),
    element("td", { className: "webhook-url", title: url }, `${method} ${url}`),
    element(
      "td",
      { className: taken ? "answer-good" : "answer-bad" },
      status === null ? unanswered : answered,
    ),
    element(
      "td",
      { className: "nowrap" },
      button("Send again", id, false),
      " ",
      button("Send a forged one", id, true),
    ),
  );
}

function cell(text) {
  return element("td", { className: "nowrap" }, text);
}

function button(word, id, forged) {
  const properties = { type: "button", className: "button button-small", "data-send": `${id}-${forged}` };
  const made = element("button", properties, word);
  made.addEventListener("click", () => send(id, forged));
  return made;
}
