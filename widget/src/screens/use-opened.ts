import { useRef, useState } from "preact/hooks";
import type { ConnectToZoho, Zoho } from "../zoho-sdk.ts";

/** The document beside which the panel stands; `change` is another whenever Zoho says that something changed. */
type Opened = { zohoId: string; change: number };

/** The document that Zoho shows, from the first look on, whatever else is still waited for. */
export function useOpened(connectToZoho: ConnectToZoho) {
  const [zoho, setZoho] = useState<Zoho | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const connected = useRef<Promise<Zoho | null> | null>(null);
  const asked = useRef(0);
  const answered = useRef(0);
  const shown = useRef<string | null>(null);

  /** False where Zoho does not answer; it may be tried again. */
  async function stand(): Promise<boolean> {
    connected.current ??= connectToZoho().then((found) => {
      if (found) found.onChange(() => void follow(found));
      else connected.current = null;
      setZoho(found);
      return found;
    });
    const found = await connected.current;
    return found !== null && follow(found);
  }

  /**
   * Zoho answers in whatever order it likes: what answers an older question than one answered before is old. Where it
   * does not say what it shows, it is nothing: the document of before may not be the one beside the panel any more.
   */
  async function follow(found: Zoho): Promise<boolean> {
    const question = ++asked.current;
    const zohoId = await found.documentId();
    if (question > answered.current) {
      answered.current = question;
      shown.current = zohoId;
      setOpened(zohoId === null ? null : { zohoId, change: question });
    }
    return shown.current !== null;
  }

  /** Zoho has shown something else, and has not said yet what. */
  const isBehind = () => asked.current > answered.current;

  return { zoho, opened, stand, isBehind };
}
