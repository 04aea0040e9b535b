import { type Html, html } from "../html.ts";

const SDK_MODES = [
  { mode: "normal", word: "Normal", title: "Answers at once, as on a good day" },
  { mode: "slow", word: "Slow", title: "Every answer takes 3 seconds" },
  { mode: "hangs", word: "Hangs", title: "Nothing ever settles, not even init()" },
  { mode: "rejects", word: "Rejects", title: "Everything after init() is rejected with a plain string" },
] as const;

/** Zoho does not publish its iframe's sandbox flags; these are what popups, OAuth and downloads need. */
const FRAME_SANDBOX =
  "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms allow-downloads";

/** Where public/zfapps-host.js puts the widget's iframe, and the dialog for showModal(). */
export function widgetPlace(frame: {
  origin: string;
  page: string;
  record?: { entity: string; id: string };
}): Html {
  return html`<div id="widget" class="widget-place" data-sandbox="${FRAME_SANDBOX}"
      data-origin="${frame.origin}" data-page="${frame.page}" ${frame.record && html`data-id="${frame.record.id}" data-entity="${frame.record.entity}"`}></div>
    <dialog id="widget-modal" aria-label="Fiscalise"></dialog>`;
}

export function widthChoice(
  name: string,
  widths: readonly { value: string; word: string }[],
  initial: string,
): Html {
  return html`<fieldset class="segments segments-small"><legend>Width</legend>
    ${widths.map(
      ({ value, word }) =>
        html`<label><input type="radio" name="${name}" value="${value}" ${value === initial && html`checked`}><span>${word}</span></label>`,
    )}
  </fieldset>`;
}

export function sdkToggle(): Html {
  return html`<fieldset class="segments segments-strip"><legend>Zoho SDK</legend>
    ${SDK_MODES.map(
      ({ mode, word, title }) =>
        html`<label title="${title}"><input type="radio" name="sdk-mode" value="${mode}" ${mode === "normal" && html`checked`}><span>${word}</span></label>`,
    )}
  </fieldset>`;
}
