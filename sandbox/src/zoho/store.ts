import {
  createDocuments,
  DOCUMENT_KINDS,
  type Documents,
  type DocumentsDeps,
  type DocumentTexts,
  ID_FIELDS,
  type OrganizationDocuments,
  parseDocument,
} from "./documents.ts";
import { createGrants, type Grants, type Limits } from "./grants.ts";
import { readState, writeState, type ZohoState } from "./state-file.ts";
import type { ZohoOptions } from "./zoho-options.ts";

export type PutListener = (organizationId: string, ...put: Parameters<DocumentsDeps["onPut"]>) => void;

/** Documents and grants, with what the data file kept; every change is written before anybody hears of it. */
export function openStore(
  options: ZohoOptions,
  { clock, limits, onPut }: { clock: () => Date; limits: Limits; onPut: PutListener },
): { grants: Grants; documentsOf: (organizationId: string) => OrganizationDocuments } {
  const kept = readState(options.dataFile);
  const organizations = [options.organization, ...(options.otherOrganizations ?? [])];
  let loading = true;
  const onChange = () => {
    if (!loading && options.dataFile !== undefined) writeState(options.dataFile, stateOf(grants, stores));
  };
  const stores = new Map(
    organizations.map(({ organization_id: id }) => {
      const heard: DocumentsDeps["onPut"] = (...put) => {
        if (!loading) onPut(id, ...put);
      };
      return [id, loadDocuments(kept?.documents[id], { onChange, onPut: heard })];
    }),
  );
  const grants = createGrants(
    { clock, limits, onChange },
    kept?.grants ?? { refreshTokens: [], accessTokens: [] },
  );
  const documentsOf = (id: string) => {
    const documents = stores.get(id);
    if (!documents) throw new Error(`the sandbox has no organization ${id}`);
    return documents;
  };
  seed(documentsOf(options.organization.organization_id), options.documents ?? {});
  for (const [id, texts] of Object.entries(options.otherDocuments ?? {})) seed(documentsOf(id), texts);
  loading = false;
  onChange();
  return { grants, documentsOf };
}

function loadDocuments(
  texts: Partial<DocumentTexts> | undefined,
  deps: DocumentsDeps,
): OrganizationDocuments {
  const entries = DOCUMENT_KINDS.map((kind): [string, Documents] => {
    const documents = createDocuments(kind, deps);
    for (const text of texts?.[kind] ?? []) documents.put(text);
    return [kind, documents];
  });
  return Object.fromEntries(entries) as OrganizationDocuments;
}

/** A document somebody fiscalised must not change under them because the sandbox was restarted. */
function seed(documents: OrganizationDocuments, texts: Partial<DocumentTexts>): void {
  for (const kind of DOCUMENT_KINDS) {
    for (const text of texts[kind] ?? []) {
      const id = String(parseDocument(text)[ID_FIELDS[kind]]);
      if (documents[kind].get(id) === undefined) documents[kind].put(text);
    }
  }
}

function stateOf(grants: Grants, stores: ReadonlyMap<string, OrganizationDocuments>): ZohoState {
  const texts = (documents: OrganizationDocuments) =>
    Object.fromEntries(DOCUMENT_KINDS.map((kind) => [kind, documents[kind].list()])) as DocumentTexts;
  return {
    grants: grants.state(),
    documents: Object.fromEntries([...stores].map(([id, documents]) => [id, texts(documents)])),
  };
}
