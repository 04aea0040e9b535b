import { type Html, html } from "../html.ts";
import { icon } from "./icons.ts";

/** What our server mailed; public/control-mails.js fills it. */
export function mails(): Html {
  return html`<section class="card" id="mails" aria-labelledby="mails-title" hidden>
    <div class="section-head"><h2 id="mails-title">${icon("mail")} Mails our server sent</h2>
      <div class="choices">
        <button type="button" class="button button-small" id="mail-look">Look for notices now</button>
        <button type="button" class="button button-small" id="mail-power">Take the mail server down</button>
      </div></div>
    <ul id="mail-list" class="mail-list"></ul>
    <p id="mail-empty" class="hint">None yet. Notices are looked for every 15 minutes, and one person gets one an hour at most.</p>
  </section>`;
}
