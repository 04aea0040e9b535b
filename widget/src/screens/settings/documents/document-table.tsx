import type { SubmissionSummary } from "@fiscalise/shared/api/figures.ts";
import { formatAmount } from "@fiscalise/shared/money.ts";
import { DataTable, type Row } from "../../../components/data-table.tsx";
import { PdfLink } from "../../../components/pdf-link.tsx";
import { Empty } from "../../../components/section.tsx";
import { StateChip } from "../../../components/submission-state.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { type AllSettingsWords, useSettingsWords } from "../../../settings-words.ts";
import { clockTime, useWords } from "../../../words.ts";
import { lazy } from "../../lazy.tsx";
import { useDocumentAction } from "./use-document-action.ts";

const Adopt = lazy(() => import("../../adopt.tsx").then((file) => file.Adopt));

type Pages = {
  items: SubmissionSummary[] | null;
  loading: boolean;
  change(items: (before: SubmissionSummary[]) => SubmissionSummary[]): void;
};

export function DocumentTable(props: { pages: Pages; empty: string }) {
  const words = useSettingsWords();
  const { copiesMade } = useWords();
  const { items, change } = props.pages;
  const action = useDocumentAction((id, after) =>
    change((before) => before.map((item) => (item.id === id ? after : item))),
  );
  if (!items) return props.pages.loading ? <div class="bone facts" /> : null;
  if (items.length === 0) return <Empty>{props.empty}</Empty>;
  return (
    <DataTable
      caption={words.navDocuments}
      columns={[
        { title: words.document },
        { title: words.buyer },
        { title: words.date },
        { title: words.state },
        { title: words.vat, kind: "figure", spare: true },
        { title: words.total, kind: "figure" },
        { title: words.action, kind: "action" },
      ]}
      rows={items.map((item): Row => rowOf(item))}
    />
  );

  function rowOf(item: SubmissionSummary): Row {
    const label = actionWord(item.action, words);
    const below = action.subject?.id === item.id ? belowOf(item) : null;
    return {
      key: item.id,
      cells: [
        <>
          <span class="name">{item.documentNumber}</span>
          {item.receipt && <span class="minor kept">{item.receipt.counter}</span>}
          {item.receipt !== null && item.receipt.copies > 0 && (
            <span class="minor kept">{`${copiesMade}: ${item.receipt.copies}`}</span>
          )}
        </>,
        item.buyerName ?? "–",
        <span class="kept">{clockTime(item.createdAt)}</span>,
        <StateChip state={item.state} />,
        formatAmount(item.vat),
        formatAmount(item.total),
        label && (
          <button
            type="button"
            class="link"
            disabled={action.busy}
            aria-label={`${label}: ${item.documentNumber}`}
            onClick={() => void action.act(item)}
          >
            {label}
          </button>
        ),
      ],
      ...(below ? { below } : {}),
    };
  }

  function belowOf(item: SubmissionSummary) {
    // Only where she pressed for it: what came to it by itself has its trouble to say first.
    if (item.action === "adopt" && action.subject?.action === "adopt") {
      return (
        <Adopt
          api={action.api}
          submissionId={item.id}
          onStored={(submission) => action.moved(item, submission)}
          onCancel={action.close}
        />
      );
    }
    if (action.trouble) return <TroubleNotice trouble={action.trouble} />;
    return item.action === "openPdf" && action.pdf ? <PdfLink pdf={action.pdf} /> : null;
  }
}

function actionWord(action: SubmissionSummary["action"], words: AllSettingsWords): string | null {
  if (!action) return null;
  return {
    openPdf: words.openPdf,
    adopt: words.enterReceipt,
    fiscaliseAgain: words.fiscaliseAgain,
    withdraw: words.withdraw,
  }[action];
}
