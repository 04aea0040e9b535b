import { CHOICES } from "../device-behaviours.ts";
import { type Html, html } from "../html.ts";
import { ZOHO_CONDITION_WORDS, ZOHO_CONDITIONS } from "../zoho-conditions.ts";
import { documentForm } from "./document-form.ts";
import { icon } from "./icons.ts";
import { mails } from "./mails.ts";
import { webhookLog } from "./webhook-log.ts";

const TIMES = [
  { value: "1", word: "once" },
  { value: "3", word: "3 times" },
  { value: "", word: "until changed" },
];

/** The frame of the control room; public/control.js fills it every second. */
export function controlRoom(view: {
  root: string;
  deviceNames: readonly string[];
  /** One Zoho serves several organisations. */
  sharesZoho: boolean;
}): Html {
  const { root, deviceNames, sharesZoho } = view;
  return html`<div class="control" data-device="${deviceNames[0]}">
    <div class="control-head">
      <h1>Control room</h1>
      <p id="live" class="live" role="status">Connecting…</p>
      <div class="device-tabs" role="group" aria-label="Device" ${deviceNames.length < 2 && html`hidden`}>
        ${deviceNames.map(
          (name, index) =>
            html`<button type="button" class="button" data-device-name="${name}" aria-pressed="${String(index === 0)}">${name}<span class="tab-word"></span></button>`,
        )}
      </div>
    </div>
    <div class="cards">${deviceCard()}<div class="card-column">${zohoCard(sharesZoho)}${serverCard()}</div></div>
    ${ledger(root)}
    ${wire()}
    ${webhookLog()}
    ${mails()}
    ${documentForm()}
  </div>`;
}

function condition(id: string): Html {
  return html`<div class="condition" id="${id}" data-tone="" aria-live="polite">
    <span class="condition-shape" aria-hidden="true"></span>
    <div><p class="condition-word">…</p><p class="condition-sentence">&nbsp;</p></div>
  </div>`;
}

function deviceCard(): Html {
  return html`<section class="card" aria-labelledby="device-title">
    <h2 id="device-title">${icon("device")} Device <span id="device-name" class="muted"></span></h2>
    <div class="device-top">
      ${condition("device-condition")}
      <div class="power">
        <button type="button" class="button button-main" data-behaviour="up">Bring up</button>
        <button type="button" class="button" data-behaviour="down">Take down</button>
      </div>
    </div>
    <dl class="facts" id="device-facts">
      ${["Receipts", "Last number", "Most at once", "Address"].map((word) => html`<div><dt>${word}</dt><dd>–</dd></div>`)}
    </dl>
    <div class="behaviours-head"><h3>Make the next sale go wrong</h3>
      <fieldset class="segments segments-small"><legend>How often</legend>
        ${TIMES.map(
          ({ value, word }, index) =>
            html`<label><input type="radio" name="times" value="${value}" ${index === 0 && html`checked`}><span>${word}</span></label>`,
        )}
      </fieldset></div>
    <div class="behaviours">${CHOICES.map(
      ({
        group,
        choices,
      }) => html`<div class="behaviour-group" role="group" aria-label="${group}"><h4>${group}</h4>
        ${choices.map(
          ({ key, word, sentence, fault }) =>
            html`<button type="button" class="choice" title="${sentence}" aria-pressed="false" data-key="${key}" data-behaviour="${JSON.stringify(fault)}">${word}</button>`,
        )}</div>`,
    )}</div>
  </section>`;
}

function zohoCard(isShared: boolean): Html {
  return html`<section class="card" aria-labelledby="zoho-title">
    <h2 id="zoho-title">${icon("cloud")} Zoho Books API ${isShared && html`<span class="muted">shared by all</span>`}</h2>
    ${condition("zoho-condition")}
    <p class="last-call muted">Last call: <span id="zoho-last-call">–</span></p>
    <div class="choices" role="group" aria-label="Zoho Books API">${ZOHO_CONDITIONS.map(
      (key) =>
        html`<button type="button" class="choice" data-zoho="${key}" aria-pressed="false" title="${ZOHO_CONDITION_WORDS[key].sentence}">${ZOHO_CONDITION_WORDS[key].word}</button>`,
    )}</div>
  </section>`;
}

function serverCard(): Html {
  return html`<section class="card" aria-labelledby="server-title">
    <h2 id="server-title">${icon("server")} Our server</h2>
    ${condition("server-condition")}
    <div class="choices"><button type="button" class="button button-danger" id="kill-server">Kill server (−9)</button></div>
  </section>`;
}

function ledger(root: string): Html {
  const columns = [
    "Receipt",
    "Document",
    "Total",
    "Bytes",
    "",
    "Document",
    "State",
    "Receipt",
    "Tries",
    "Last answer",
    "Bytes",
  ];
  return html`<section class="card" aria-labelledby="ledger-title">
    <div class="section-head"><h2 id="ledger-title">Device ledger and our submissions</h2>
      <p id="ledger-summary" class="ledger-summary" role="status"></p></div>
    <div class="table-frame"><table class="ledger">
      <thead>
        <tr><th scope="col" rowspan="2" class="figure">No.</th><th colspan="4" scope="colgroup">The device signed</th>
          <td></td><th colspan="6" scope="colgroup">We submitted</th></tr>
        <tr>${columns.map((word) => (word ? html`<th scope="col" class="${word === "Total" || word === "Tries" ? "figure" : ""}">${word}</th>` : html`<th scope="col"><span class="visually-hidden">Verdict</span></th>`))}</tr>
      </thead>
      <tbody id="ledger-rows"></tbody>
    </table></div>
    <p id="ledger-empty" class="hint">Nothing yet. <a href="${root}/invoices">Open an invoice</a> and press Fiscalise.</p>
  </section>`;
}

function wire(): Html {
  return html`<section class="card" aria-labelledby="wire-title">
    <div class="section-head"><h2 id="wire-title">On the wire</h2>
      <fieldset class="segments segments-small"><legend>Show</legend>
        <label><input type="radio" name="wire-form" value="pretty" checked><span>Pretty</span></label>
        <label><input type="radio" name="wire-form" value="exact"><span>Exact text</span></label>
      </fieldset></div>
    <div class="wire">
      <div class="wire-list"><h3>Latest calls</h3><ul id="wire-heads"></ul></div>
      ${wirePane("request", "Request")}${wirePane("answer", "Answer")}
    </div>
  </section>`;
}

function wirePane(id: string, word: string): Html {
  return html`<div class="wire-pane"><div class="wire-pane-head"><h3>${word}</h3><span id="wire-${id}-note" class="muted"></span>
    <button type="button" class="button button-small" data-copy="wire-${id}">Copy</button></div>
    <pre id="wire-${id}" tabindex="0" aria-label="${word}"></pre></div>`;
}
