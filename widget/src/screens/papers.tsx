import { type PaperView, PaperViewSchema } from "@fiscalise/shared/api/papers.ts";
import type { OfferedPaper } from "@fiscalise/shared/receipt.ts";
import { useRef, useState } from "preact/hooks";
import type { Api, Trouble } from "../api.ts";
import { Notice } from "../components/notice.tsx";
import { PdfLink } from "../components/pdf-link.tsx";
import { ProblemList } from "../components/problem-list.tsx";
import { fill, useWords } from "../words.ts";
import { usePdf } from "./use-pdf.ts";

/** Papers that are no receipts, beside the click and never in its place. */
export function Papers(props: {
  api: Api;
  /** Of the document, below the API's prefix. */
  path: string;
  offered: readonly OfferedPaper[];
  /** What a person typed or chose for the receipt. */
  entry: object;
  /** Where nothing else on the screen asks and would notice. */
  onNotConnected?: () => void;
}) {
  const words = useWords();
  const { api } = props;
  const { pdf, open } = usePdf(api);
  const [paper, setPaper] = useState<PaperView | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);

  async function once(action: () => Promise<Trouble | null>) {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setTrouble(await action());
    setBusy(false);
    underWay.current = false;
  }

  async function make(kind: OfferedPaper): Promise<Trouble | null> {
    setPaper(null);
    const entry = kind === "training" ? props.entry : undefined;
    const reply = await api.postFor(`${props.path}/${kind}`, PaperViewSchema, entry);
    if (reply.status === "not-connected") props.onNotConnected?.();
    if (reply.status !== "ok") return reply;
    setPaper(reply.value);
    return open(reply.value.pdfPath, `${nameOf(reply.value)}.pdf`);
  }

  if (props.offered.length === 0) return null;
  return (
    <>
      <div class="actions">
        {props.offered.map((kind) => (
          <button type="button" class="secondary" disabled={busy} onClick={() => void once(() => make(kind))}>
            {kind === "proforma" ? words.proforma : words.trainingReceipt}
          </button>
        ))}
        {paper && (
          <button
            type="button"
            class="secondary"
            disabled={busy}
            onClick={() => void once(() => open(`${paper.pdfPath}?paper=roll`, `${nameOf(paper)}-roll.pdf`))}
          >
            {words.openRoll}
          </button>
        )}
      </div>
      {paper && <p class="help">{fill(words.paperMade, { counter: paper.counter })}</p>}
      {pdf && <PdfLink pdf={pdf} />}
      {trouble && <PaperTrouble trouble={trouble} />}
    </>
  );
}

function PaperTrouble({ trouble }: { trouble: Trouble }) {
  const words = useWords();
  if (trouble.status !== "problem") {
    return (
      <Notice tone="bad">
        <p>{words.unreachableText}</p>
      </Notice>
    );
  }
  const { title, remedy, problems = [] } = trouble.problem;
  return (
    <>
      <Notice tone="bad" title={title}>
        <p>{remedy}</p>
      </Notice>
      {problems.length > 0 && <ProblemList problems={problems} />}
    </>
  );
}

function nameOf({ counter }: PaperView): string {
  return counter.replace(" ", "-");
}
