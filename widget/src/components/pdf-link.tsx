import { useEffect } from "preact/hooks";
import { useWords } from "../words.ts";
import { useAnnounce } from "./announcer.tsx";

export function PdfLink(props: { pdf: { url: string; fileName: string; blocked: boolean } }) {
  const words = useWords();
  const announce = useAnnounce();
  const { url, fileName, blocked } = props.pdf;
  const sentence = blocked ? words.pdfBlocked : words.pdfReady;
  useEffect(() => announce(sentence), [url]);
  return (
    <p class="help">
      {sentence}{" "}
      <a href={url} download={fileName}>
        {words.savePdf}
      </a>
    </p>
  );
}
