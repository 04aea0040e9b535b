import type { FileKind } from "../../../api/reports.ts";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import type { Reply } from "../../../request.ts";
import { useSettingsWords } from "../../../settings-words.ts";
import { saveFile } from "../save-file.ts";
import { useAction } from "../use-action.ts";

/** A report as PDF or CSV; `what` tells screen readers of which. */
export function ReportFiles(props: {
  read: (kind: FileKind) => Promise<Reply<Blob>>;
  fileName: string;
  what: string;
}) {
  const words = useSettingsWords();
  const { busy, trouble, run } = useAction();
  const names = { pdf: words.reportPdf, csv: words.reportCsv };

  async function save(kind: FileKind) {
    const file = await run(() => props.read(kind));
    if (file) saveFile(file, `${props.fileName}.${kind}`);
  }
  return (
    <div>
      <div class="row-actions">
        {(["pdf", "csv"] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            class="secondary narrow"
            aria-label={`${names[kind]}: ${props.what}`}
            disabled={busy}
            onClick={() => void save(kind)}
          >
            {names[kind]}
          </button>
        ))}
      </div>
      <TroubleNotice trouble={trouble} />
    </div>
  );
}
