import { type Html, html } from "../html.ts";

export function notFoundPage(): Html {
  return html`<div class="empty"><h1>There is nothing here</h1>
    <p>The invoice does not exist, or the sandbox was started anew since this link was made.</p>
    <a class="button" href="/">All invoices</a></div>`;
}
