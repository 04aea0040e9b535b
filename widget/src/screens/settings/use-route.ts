import { useEffect, useState } from "preact/hooks";

const SECTIONS = [
  "set-up",
  "restored",
  "overview",
  "documents",
  "bulk",
  "reconciliation",
  "reports",
  "people",
  "taxes",
  "items",
  "settings",
  "audit",
  "account",
] as const;
export type SectionName = (typeof SECTIONS)[number];
export type Route = { section: SectionName | null; query: URLSearchParams };

/** `#/documents?state=rejected`: links work, the back button too, and nothing reaches the server. */
export function useRoute(): Route {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const hear = () => setHash(location.hash);
    // A link may have been followed between the first drawing and now.
    hear();
    addEventListener("hashchange", hear);
    return () => removeEventListener("hashchange", hear);
  }, []);
  return routeOf(hash);
}

function routeOf(hash: string): Route {
  const [name, query = ""] = hash.replace(/^#\//, "").split("?");
  return {
    section: SECTIONS.find((section) => section === name) ?? null,
    query: new URLSearchParams(query),
  };
}
