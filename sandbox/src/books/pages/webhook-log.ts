import { type Html, html } from "../html.ts";
import { icon } from "./icons.ts";

/** What Zoho's workflows sent; public/control-webhooks.js fills it. */
export function webhookLog(): Html {
  const columns = ["At", "Webhook", "Because", "Document", "Sent to", "Answer", ""];
  return html`<section class="card" aria-labelledby="webhooks-title">
    <div class="section-head"><h2 id="webhooks-title">${icon("cloud")} Webhooks Zoho sent</h2></div>
    <div class="table-frame"><table class="webhooks">
      <thead><tr>${columns.map((word) => html`<th scope="col">${word || html`<span class="visually-hidden">Send</span>`}</th>`)}</tr></thead>
      <tbody id="webhook-rows"></tbody>
    </table></div>
    <p id="webhook-empty" class="hint">None yet. A workflow calls its webhook when a document is created or changed, by hand or over the API.</p>
  </section>`;
}
