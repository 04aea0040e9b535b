import { LANGUAGES } from "@fiscalise/shared/problem.ts";
import * as z from "zod";
import {
  createDocument,
  type oas31,
  type ZodObjectInput,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiPathsObject,
  type ZodOpenApiRequestBodyObject,
  type ZodOpenApiResponseObject,
} from "zod-openapi";
import { problemAnswers, problemExamples } from "./openapi-problems.ts";
import { NAMED_SCHEMAS } from "./openapi-schemas.ts";
import { type Contract, type Guard, isFile, type Route, type TAGS, type Upload } from "./route.ts";

export type ApiDocument = ReturnType<typeof createDocument>;

export interface DocumentDeps {
  routes: readonly Route[];
  publicUrl: string;
  version: string;
}

const INTRODUCTION = `Fiscalise turns an invoice in Zoho Books into a fiscal receipt of the tax authority.

Sign in with \`POST /auth/login\` and send the access token as \`Authorization: Bearer …\`. Amounts are decimal text, never
numbers. Every error is a problem of RFC 9457 with a \`code\`; its \`type\` leads to [its section](/docs/errors). Words for
people are in the language of \`Accept-Language\`: \`en\`, \`fr\` or \`rw\`.`;

const TAG_WORDS: Record<(typeof TAGS)[number], string> = {
  auth: "Signing in and out, one-time codes, one's own account.",
  "super admin": "The provider's: businesses and who may start in them.",
  "own business": "The business of whoever is signed in: its details, people, mappings, figures and audit.",
  "set-up": "Three steps from an empty business to its first receipt.",
  fiscal: "An invoice, what became of it at the device, and its receipt.",
  zoho: "The connection to the business's organisation in Zoho.",
  predecessor:
    "What the predecessor's plugins still call, in its form, until it ends; off unless the provider switches it on.",
};
const WHO: Record<Guard, string> = {
  public: "Anybody, without signing in.",
  "signed-in": "Whoever is signed in.",
  "super-admin": "Super admins.",
  business: "Every user of an active business.",
  "business-admin": "Admins of an active business.",
};
const ANSWER_WORDS: Record<string, string> = {
  200: "Done",
  201: "Made",
  202: "Under way",
  204: "Done; there is nothing to say",
  302: "Goes on where Location says",
};
const HEADERS: Record<string, oas31.ParameterObject> = {
  AcceptLanguage: {
    name: "Accept-Language",
    in: "header",
    description: "The language of words for people; English when it is another.",
    schema: { type: "string", examples: [...LANGUAGES] },
  },
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description: "The same key again answers what the first call did, and does nothing twice.",
    schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,200}$" },
  },
};

/** The OpenAPI 3.1 document of the routes as they are mounted; the same routes give the same document. */
export function describeApi({ routes, publicUrl, version }: DocumentDeps): ApiDocument {
  const used = new Set<string>(routes.map(({ contract }) => contract.tag));
  const document = createDocument(
    {
      openapi: "3.1.0",
      info: { title: "Fiscalise API", version, description: INTRODUCTION },
      servers: [{ url: new URL("/api/v1", publicUrl).href }],
      tags: Object.entries(TAG_WORDS)
        .filter(([name]) => used.has(name))
        .map(([name, description]) => ({ name, description })),
      paths: pathsOf(routes),
      components: {
        schemas: NAMED_SCHEMAS,
        parameters: HEADERS,
        examples: problemExamples(
          publicUrl,
          routes.map(({ contract }) => contract),
        ),
        securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      },
    },
    { override: plainly },
  );
  for (const { contract } of routes) showExamples(document, contract);
  return document;
}

/** One form for what is sent and what is answered: objects hold what they name. A uuid's format says its pattern. */
const plainly: ZodOpenApiOverride = ({ zodSchema, jsonSchema }) => {
  const { def } = zodSchema._zod;
  if (def.type === "object" && !def.catchall) jsonSchema.additionalProperties = false;
  if (jsonSchema.format === "uuid") delete jsonSchema.pattern;
};

function pathsOf(routes: readonly Route[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const { contract } of routes) {
    const path = templateOf(contract);
    paths[path] = { ...paths[path], [contract.method]: operationOf(contract) };
  }
  return paths;
}

/** `/receipts/:id/pdf` → `/receipts/{id}/pdf` */
export function templateOf({ path }: Pick<Contract, "path">): string {
  return path.replace(/:(\w+)/g, "{$1}");
}

function operationOf(contract: Contract): ZodOpenApiOperationObject {
  return {
    operationId: contract.id,
    tags: [contract.tag],
    summary: contract.summary,
    description: `For: ${WHO[contract.guard]}`,
    security: contract.guard === "public" ? [] : [{ bearer: [] }],
    requestParams: {
      ...(contract.params && { path: contract.params as ZodObjectInput }),
      ...(contract.query && { query: contract.query as ZodObjectInput }),
    },
    parameters: [
      { $ref: "#/components/parameters/AcceptLanguage" },
      ...(contract.idempotent ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : []),
    ],
    ...(contract.body && { requestBody: bodyOf(contract.body, contract.example) }),
    ...(contract.upload && { requestBody: fileOf(contract.upload) }),
    responses: { ...answersOf(contract), ...problemAnswers(contract) },
  };
}

function bodyOf(schema: z.core.$ZodType, example: Contract["example"]): ZodOpenApiRequestBodyObject {
  const shown = example?.body === undefined ? {} : { example: example.body };
  return {
    required: !z.core.safeParse(schema, {}).success,
    content: { "application/json": { schema, ...shown } },
  };
}

function fileOf({ contentTypes, maxBytes }: Upload): ZodOpenApiRequestBodyObject {
  const types = contentTypes.map((contentType) => [contentType, { schema: {} }]);
  return {
    required: true,
    description: `The file itself, ${maxBytes} bytes at most.`,
    content: Object.fromEntries(types),
  };
}

function answersOf({ answers }: Contract): Record<string, ZodOpenApiResponseObject> {
  const described = Object.entries(answers).map(([status, answer]) => {
    const description = ANSWER_WORDS[status] ?? "Done";
    if (answer === null) return [status, { description }];
    if (!isFile(answer)) {
      return [status, { description, content: { "application/json": { schema: answer } } }];
    }
    const { contentType } = answer;
    const schema: oas31.SchemaObject = contentType.startsWith("text/") ? { type: "string" } : {};
    return [status, { description, content: { [contentType]: { schema } } }];
  });
  return Object.fromEntries(described);
}

/** The library takes examples of parameters from metadata of their schemas, which several routes share. */
function showExamples(document: ApiDocument, contract: Contract): void {
  const shown: Record<string, string> = { ...contract.example?.params, ...contract.example?.query };
  const parameters = document.paths?.[templateOf(contract)]?.[contract.method]?.parameters ?? [];
  for (const parameter of parameters) {
    const example = "name" in parameter ? shown[parameter.name] : undefined;
    if ("name" in parameter && example !== undefined) parameter.example = example;
  }
}
