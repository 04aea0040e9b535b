import { type BooksDocument, type Comment, KINDS } from "../books-document.ts";
import { type Html, html } from "../html.ts";
import { documentActions } from "./document-actions.ts";
import { type ListView, narrowList } from "./document-list.ts";
import { documentTail } from "./document-tail.ts";
import { icon } from "./icons.ts";
import { paper } from "./paper.ts";
import { widgetPlace, widthChoice } from "./widget-place.ts";

const SIDEBAR_WIDTHS = ["280", "320", "420"];

export function documentPage(
  view: ListView,
  document: BooksDocument,
  context: { organisationName: string; widgetOrigin: string; comments: readonly Comment[] },
): Html {
  const { kind, id, number } = document;
  const { organisationName, widgetOrigin, comments } = context;
  return html`<div class="document-page" data-kind="${kind}" data-id="${id}">
    ${narrowList(view, id)}
    <section class="document-column" aria-label="${KINDS[kind].word}">
      <div class="document-bar">
        <h1>${number}</h1>
        <div id="actions" class="document-actions">${documentActions(view.root, document)}</div>
        <a class="icon-button" href="${view.root}/${kind}" title="Close" aria-label="Close">${icon("close")}</a>
      </div>
      <div id="record" class="document-scroll">
        ${paper(document, { organisationName, todayOn: view.todayOn })}
        ${documentTail(view.root, document, comments)}
      </div>
    </section>
    ${sidebar(document, widgetOrigin)}
  </div>`;
}

function sidebar({ kind, id }: BooksDocument, origin: string): Html {
  const widths = SIDEBAR_WIDTHS.map((value) => ({ value, word: value }));
  const { widgetPage, entity } = KINDS[kind];
  return html`<aside class="widget-side" aria-label="Extension">
    <div class="widget-bar">
      <h2>Fiscalise</h2>
      ${widthChoice("sidebar-width", widths, "320")}
    </div>
    ${widgetPlace({ origin, page: widgetPage, record: { entity, id } })}
  </aside>`;
}
