import * as z from "zod";

/** Where Zoho Books shows what of us; docs/zoho.md, "The extension". */
const LOCATIONS = [
  "invoice.details.sidebar",
  "creditnote.details.sidebar",
  "estimate.details.sidebar",
  "plugin.globalfields",
] as const;
const CONNECT_SOURCES_MAX = 10;

const WidgetSchema = z.strictObject({
  name: z.string().trim().min(1).max(50),
  location: z.enum(LOCATIONS),
  url: z.string().regex(/^\/app\/[\w.$-]+\.html$/, "is not a page at the top of app/"),
  logo: z.string().regex(/^\/app\/(?:[\w$-]+\/)*[\w.$-]+\.png$/, "is not a PNG in app/"),
});

const unique = (values: readonly string[]) => new Set(values).size === values.length;

/** What `zet validate` does not look at. Whatever Zoho ignores, and we do not use, has to be empty. */
const ManifestSchema = z.strictObject({
  locale: z
    .array(z.string().regex(/^[a-z]{2}$/))
    .min(1)
    .refine(unique, "names a locale twice"),
  service: z.literal("FINANCE"),
  whiteListedDomains: z.tuple([]),
  cspDomains: z.strictObject({
    "connect-src": z
      .array(z.url({ protocol: /^(?:https?|wss)$/ }))
      .max(CONNECT_SOURCES_MAX)
      .refine(unique, "names an origin twice"),
  }),
  modules: z.strictObject({
    widgets: z
      .array(WidgetSchema)
      .refine((widgets) => unique(widgets.map(({ location }) => location)), "uses a location twice"),
  }),
  config: z.tuple([]),
  usedConnections: z.tuple([]),
});

type Manifest = z.infer<typeof ManifestSchema>;

/** Names in the package, `app/widget.html`, with what is in them. */
export type Files = ReadonlyMap<string, Uint8Array>;

export function parseManifest(files: Files): Manifest {
  return ManifestSchema.parse(JSON.parse(new TextDecoder().decode(files.get("plugin-manifest.json"))));
}

/** The repository's manifest knows no server: it is told here. */
export function fillInManifest(template: string, apiOrigin: string): string {
  const { cspDomains, ...rest } = JSON.parse(template) as Record<string, unknown>;
  if (cspDomains !== undefined)
    throw new Error("plugin-manifest.json names cspDomains: they come from API_ORIGIN");
  return `${JSON.stringify({ ...rest, cspDomains: { "connect-src": [apiOrigin] } }, null, 2)}\n`;
}

/** Every reason why this manifest does not fit these files and this server. */
export function manifestProblems(text: string, { files, apiOrigin }: { files: Files; apiOrigin: string }) {
  const parsed = ManifestSchema.safeParse(JSON.parse(text));
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `manifest ${path.join(".")}: ${message}`);
  const { locale, cspDomains, modules } = parsed.data;
  const missing = modules.widgets
    .flatMap(({ url, logo }) => [url, logo])
    .filter((path) => !files.has(path.slice(1)))
    .map((path) => `manifest: ${path} is not in the package`);
  const sources = cspDomains["connect-src"];
  const others =
    sources.length === 1 && sources[0] === apiOrigin
      ? []
      : [`manifest cspDomains: ${sources.join(" ") || "nothing"} instead of ${apiOrigin}`];
  const absent = LOCATIONS.filter((each) => !modules.widgets.some(({ location }) => location === each));
  return [
    ...missing,
    ...others,
    ...absent.map((location) => `manifest: no widget for ${location}`),
    ...translationProblems(locale, files),
  ];
}

const TranslationSchema = z.record(z.string().min(1), z.string().trim().min(1));
const TRANSLATION = /^app\/translations\/(.+)\.json$/;

/** Each locale has a file, no file lacks its locale, and all have the keys of the first. */
function translationProblems(locales: readonly string[], files: Files): string[] {
  const problems: string[] = [];
  const keys = locales.map((locale) => {
    const file = files.get(`app/translations/${locale}.json`);
    const parsed = TranslationSchema.safeParse(file && readJson(file));
    if (!parsed.success) problems.push(`translations/${locale}.json: missing, or not texts by key`);
    return parsed.success ? Object.keys(parsed.data).sort().join() : null;
  });
  for (const [index, own] of keys.entries())
    if (own !== null && keys[0] !== null && own !== keys[0])
      problems.push(`translations/${locales[index]}.json: other keys than ${locales[0]}.json`);
  for (const name of files.keys()) {
    const locale = TRANSLATION.exec(name)?.[1];
    if (locale && !locales.includes(locale)) problems.push(`${name}: not a locale of the manifest`);
  }
  return problems;
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
