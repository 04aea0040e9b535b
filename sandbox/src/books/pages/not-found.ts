import { type Html, html } from "../html.ts";

export function notFoundPage(root: string): Html {
  return html`<div class="empty"><h1>There is nothing here</h1>
    <p>The document does not exist in this organisation, or the sandbox was started anew since this link was made.</p>
    <a class="button" href="${root}/invoices">All invoices</a></div>`;
}

export function noOrganisationPage(organisations: readonly { name: string; root: string }[]): Html {
  return html`<div class="empty"><h1>There is nothing here</h1>
    <p>There is no such page or no such organisation. The sandbox has:</p>
    <ul>${organisations.map(({ name, root }) => html`<li><a href="${root}/invoices">${name}</a></li>`)}</ul></div>`;
}
