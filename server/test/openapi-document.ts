import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import type { Contract } from "../src/http/route.ts";
import { call, type Reply } from "./api.ts";

interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  security: Record<string, string[]>[];
  parameters?: Record<string, unknown>[];
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
}

export interface Document {
  info: { version: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
export type Schema = Record<string, unknown>;

export interface Described {
  document: Document;
  operation: (contract: Pick<Contract, "path" | "method">) => Operation;
  /** Fails unless status, content type and body are what the document says of this route. */
  expectDocumented: (contract: Contract, reply: Reply) => void;
}

/** The document as a server serves it, with a judge of answers that knows nothing but the document. */
export async function readDocument(url: string): Promise<Described> {
  const document = (await call(`${url}/openapi.json`)).body as Document;
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false });
  addFormats.default(ajv);
  ajv.addVocabulary(["openapi", "info", "servers", "tags", "paths", "components"]);
  ajv.addSchema(document, "api");
  const pathOf = ({ path }: Pick<Contract, "path">) => path.replace(/:(\w+)/g, "{$1}");
  const operation = (contract: Pick<Contract, "path" | "method">) => {
    const found = document.paths[pathOf(contract)]?.[contract.method];
    if (!found) throw new Error(`the document has no ${contract.method} ${contract.path}`);
    return found;
  };
  return {
    document,
    operation,
    expectDocumented: (contract, reply) => {
      const answer = operation(contract).responses[reply.status];
      if (!answer) throw new Error(`${contract.id}: ${reply.status} is not in the document: ${reply.text}`);
      const type = reply.headers.get("content-type")?.replace(/;.*/, "") ?? null;
      if (!answer.content) return expect([type, reply.text]).toEqual([null, ""]);
      expect(Object.keys(answer.content), `${contract.id} ${reply.status}`).toContain(type);
      if (!type?.includes("json")) return expect(reply.text).not.toBe("");
      const steps = [
        "paths",
        pathOf(contract),
        contract.method,
        "responses",
        String(reply.status),
        "content",
      ];
      const pointer = [...steps, type, "schema"].map((step) =>
        step.replaceAll("~", "~0").replaceAll("/", "~1"),
      );
      const validate = ajv.compile({ $ref: `api#/${pointer.map(encodeURIComponent).join("/")}` });
      validate(reply.body);
      expect(validate.errors ?? [], `${contract.id} ${reply.status}: ${reply.text}`).toEqual([]);
    },
  };
}
