import { useMemo } from "preact/hooks";
import { invoiceApi } from "../api.ts";
import { Heading } from "../components/heading.tsx";
import { useWords } from "../words.ts";
import { Papers } from "./papers.tsx";
import type { DocumentScreenProps } from "./sidebar.tsx";

/** An estimate has no receipt, only what it will come to. */
export function EstimateScreen({ request, zohoId, change, onNotConnected }: DocumentScreenProps) {
  const words = useWords();
  const api = useMemo(() => invoiceApi(request), [request]);
  return (
    <>
      <Heading tone="accent" icon="receipt" title={words.proforma}>
        <p>{words.proformaText}</p>
      </Heading>
      <Papers
        key={change}
        api={api}
        path={`/estimates/${zohoId}`}
        offered={["proforma"]}
        entry={{}}
        onNotConnected={onNotConnected}
      />
    </>
  );
}
