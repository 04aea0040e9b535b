import { type Html, html } from "../html.ts";
import { icon } from "./icons.ts";

export type NamedOrganisation = { organizationId: string; name: string; root: string };

/** The header's list of organisations, as in Zoho Books. It leads to the same section of the other one. */
export function switcher(
  organisations: readonly NamedOrganisation[],
  chosen: NamedOrganisation,
  sectionPath: string,
): Html {
  const face = html`${icon("organisation")}<span class="switcher-name">${chosen.name}</span>`;
  if (organisations.length < 2)
    return html`<span class="switcher" title="${chosen.organizationId}">${face}</span>`;
  return html`<button type="button" class="switcher" popovertarget="organisations" title="Switch organisation">
      ${face}${icon("down")}</button>
    <nav id="organisations" class="switcher-list" popover aria-label="Organisations">
      <h2>Organisations</h2>
      <ul>${organisations.map(
        (
          each,
        ) => html`<li><a href="${each.root}${sectionPath}" ${each.organizationId === chosen.organizationId && html`aria-current="true"`}>
          <span class="switcher-who"><strong>${each.name}</strong><span class="muted">${each.organizationId}</span></span>
          ${each.organizationId === chosen.organizationId && icon("tick")}</a></li>`,
      )}</ul>
    </nav>`;
}
