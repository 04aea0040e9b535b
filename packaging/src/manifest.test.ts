import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fillInManifest, manifestProblems } from "./manifest.ts";

const ORIGIN = "https://api.example.org";
const template = readFileSync(new URL("../../plugin-manifest.json", import.meta.url), "utf8");
const bytes = (text: string) => new TextEncoder().encode(text);

const whole = () =>
  new Map([
    ["app/widget.html", bytes("<html>")],
    ["app/creditnote.html", bytes("<html>")],
    ["app/estimate.html", bytes("<html>")],
    ["app/settings.html", bytes("<html>")],
    ["app/img/logo.png", bytes("PNG")],
    ["app/translations/en.json", bytes('{"settings":"Settings"}')],
    ["app/translations/fr.json", bytes('{"settings":"Paramètres"}')],
  ]);

// biome-ignore lint/suspicious/noExplicitAny: a test bends the manifest in ways its type forbids.
type Bend = (manifest: any) => void;

function problemsOf(bend: Bend, files = whole()): string[] {
  const manifest = JSON.parse(fillInManifest(template, ORIGIN));
  bend(manifest);
  return manifestProblems(JSON.stringify(manifest), { files, apiOrigin: ORIGIN });
}

describe("the manifest", () => {
  it("of the repository is one to upload, once it is told its server", () => {
    expect(problemsOf(() => undefined)).toEqual([]);
  });

  it("takes no server but the one it is told", () => {
    const named = template.replace("{", '{ "cspDomains": { "connect-src": ["https://other.example.org"] },');
    expect(() => fillInManifest(named, ORIGIN)).toThrow("they come from API_ORIGIN");
  });

  it.each<[string, Bend, string]>([
    ["an unknown key", (it) => (it.permissions = []), "Unrecognized key"],
    ["an unknown key of a widget", (it) => (it.modules.widgets[0].widget_type = "modal"), "Unrecognized key"],
    ["another service", (it) => (it.service = "CRM"), "manifest service"],
    [
      "a location that does not exist",
      (it) => (it.modules.widgets[0].location = "invoice.detail.sidebar"),
      "modules.widgets.0.location",
    ],
    [
      "a location used twice",
      (it) => (it.modules.widgets[1].location = "invoice.details.sidebar"),
      "uses a location twice",
    ],
    [
      "a page that is not there",
      (it) => (it.modules.widgets[0].url = "/app/gone.html"),
      "/app/gone.html is not",
    ],
    ["a page elsewhere", (it) => (it.modules.widgets[0].url = "https://example.org/"), "is not a page"],
    ["a logo that is not there", (it) => (it.modules.widgets[0].logo = "/app/no.png"), "/app/no.png is not"],
    ["no logo", (it) => delete it.modules.widgets[0].logo, "modules.widgets.0.logo"],
    ["a place left out", (it) => it.modules.widgets.pop(), "no widget for plugin.globalfields"],
    ["another origin", (it) => it.cspDomains["connect-src"].push("https://evil.example"), "instead of"],
    ["no origin", (it) => (it.cspDomains["connect-src"] = []), "nothing instead of"],
    ["an origin twice", (it) => it.cspDomains["connect-src"].push(ORIGIN), "names an origin twice"],
    [
      "a scheme the browser would not connect by",
      (it) => (it.cspDomains["connect-src"] = ["ftp://a.b"]),
      "manifest",
    ],
    ["a policy Zoho does not read", (it) => (it.cspDomains["script-src"] = [ORIGIN]), "Unrecognized key"],
    ["a locale without its file", (it) => it.locale.push("rw"), "translations/rw.json: missing"],
    ["a file without its locale", (it) => it.locale.pop(), "app/translations/fr.json: not a locale"],
    ["a connection nobody reviewed", (it) => it.usedConnections.push({}), "manifest usedConnections"],
  ])("is refused for %s", (_, bend, reason) => {
    expect(problemsOf(bend).join("\n")).toContain(reason);
  });

  it.each([
    ["a key only one locale has", '{"settings":"P","more":"Plus"}', "other keys than en.json"],
    ["an empty text", '{"settings":" "}', "not texts by key"],
    ["what is no JSON", "{", "not texts by key"],
  ])("is refused for translations with %s", (_, text, reason) => {
    const files = whole().set("app/translations/fr.json", bytes(text));
    expect(problemsOf(() => undefined, files).join("\n")).toContain(reason);
  });
});
