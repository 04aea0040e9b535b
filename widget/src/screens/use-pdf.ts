import { useEffect, useRef, useState } from "preact/hooks";
import type { Api, Trouble } from "../api.ts";

export type OpenedPdf = { url: string; fileName: string; blocked: boolean };

/** Fetched with the token (a link could not carry it), then opened from memory; the link stays for who blocks pop-ups. */
export function usePdf(api: Api) {
  const [pdf, setPdf] = useState<OpenedPdf | null>(null);
  const url = useRef("");
  const release = () => URL.revokeObjectURL(url.current);
  useEffect(() => release, []);

  async function open(path: string, fileName: string): Promise<Trouble | null> {
    const reply = await api.readPdf(path);
    if (reply.status !== "ok") return reply;
    release();
    url.current = URL.createObjectURL(reply.value);
    const opened = window.open(url.current, "_blank");
    setPdf({ url: url.current, fileName, blocked: opened === null });
    return null;
  }
  return { pdf, open };
}
