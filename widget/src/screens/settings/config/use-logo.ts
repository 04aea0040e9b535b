import type { Config } from "@fiscalise/shared/api/config.ts";
import { useEffect, useState } from "preact/hooks";
import { readLogo } from "../../../api/setup.ts";
import { useSettings } from "../settings-context.ts";

/** Fetched with the token (an <img> could not carry it) and shown from memory. */
export function useLogo({ logoSha256 }: Config): string | null {
  const { request } = useSettings();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    setUrl(null);
    if (!logoSha256) return;
    const controller = new AbortController();
    let made = "";
    void readLogo(request, controller.signal).then((reply) => {
      if (controller.signal.aborted || reply.status !== "ok") return;
      made = URL.createObjectURL(reply.value);
      setUrl(made);
    });
    return () => {
      controller.abort();
      URL.revokeObjectURL(made);
    };
  }, [logoSha256]);
  return url;
}
