import { useRef, useState } from "preact/hooks";
import type { ConnectToZoho, Zoho } from "../zoho-sdk.ts";

/** The document beside which the panel stands, and how often Zoho said that it changed. */
type Opened = { zoho: Zoho; zohoId: string; change: number };

/** The document that Zoho shows, from the first look on, whatever else is still waited for. */
export function useOpened(connectToZoho: ConnectToZoho) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const connected = useRef<Promise<Zoho | null> | null>(null);
  const asked = useRef(0);
  const answered = useRef(0);

  /** False where Zoho does not answer; it may be tried again. */
  async function stand(): Promise<boolean> {
    connected.current ??= connectToZoho().then((zoho) => {
      zoho?.onChange(() => void follow(zoho));
      return zoho;
    });
    const zoho = await connected.current;
    if (zoho && (await follow(zoho))) return true;
    connected.current = null;
    return false;
  }

  /**
   * Zoho answers in whatever order it likes: what answers an older question than one answered before is old. Where it
   * does not say what it shows, it is nothing: the document of before may not be the one beside the panel any more.
   */
  async function follow(zoho: Zoho): Promise<boolean> {
    const current = ++asked.current;
    const zohoId = await zoho.documentId();
    if (current > answered.current) {
      answered.current = current;
      setOpened((before) => (zohoId === null ? null : { zoho, zohoId, change: (before?.change ?? 0) + 1 }));
    }
    return zohoId !== null;
  }

  return { opened, stand };
}
