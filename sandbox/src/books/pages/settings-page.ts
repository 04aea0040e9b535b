import { type Html, html } from "../html.ts";
import { widgetPlace, widthChoice } from "./widget-place.ts";

const WIDTHS = [
  { value: "full", word: "Full" },
  { value: "1024", word: "1024" },
  { value: "768", word: "768" },
  { value: "420", word: "420" },
  { value: "320", word: "320" },
];

/** The settings widget (location `plugin.globalfields`), as wide as Books makes its settings pages. */
export function settingsPage(widgetOrigin: string): Html {
  return html`<div class="settings-page" data-width="full">
    <div class="widget-bar">
      <h1><span class="muted">Settings <span aria-hidden="true">/</span></span> Fiscalise</h1>
      ${widthChoice("settings-width", WIDTHS, "full")}
    </div>
    <div class="settings-content"><div class="settings-frame">
      ${widgetPlace({ origin: widgetOrigin, page: "/app/settings.html" })}
    </div></div>
  </div>`;
}
