import { describe, expect, it } from "vitest";
import { parseApiOrigin } from "./api-origin.ts";
import { bundleProblems, fileProblems } from "./file-rules.ts";

const ORIGIN = "https://api.example.org";
const bytes = (text: string) => new TextEncoder().encode(text);
const some = bytes("x");

describe("the files of a package", () => {
  it.each([
    "plugin-manifest.json",
    "app/widget.html",
    "app/img/logo.png",
    "app/$a_b-c.d.js",
    `app/${"n".repeat(47)}.js`,
  ])("may be called %s", (path) => {
    expect(fileProblems(new Map([[path, some]]))).toEqual([]);
  });

  it.each([
    ["app/widget.js.map", "does not pack"],
    ["app/icon.webp", "does not pack"],
    ["app/favicon.ico", "does not pack"],
    ["app/LICENSE", "does not pack"],
    ["app/.env.json", "a file name"],
    ["app/a b.js", "a file name"],
    ["app/é.js", "a file name"],
    [`app/${"n".repeat(48)}.js`, "a file name"],
    ["app/a.b/c.js", "a folder name"],
    ["../c.js", "a folder name"],
  ])("may not be called %s", (path, reason) => {
    expect(fileProblems(new Map([[path, some]])).join()).toContain(reason);
  });

  it("are 250 at most, of 5 MB each, 20 MB together, and none is empty", () => {
    const many = (count: number, of: Uint8Array) =>
      new Map(Array.from({ length: count }, (_, index) => [`app/f${index}.js`, of]));
    expect(fileProblems(many(250, some))).toEqual([]);
    expect(fileProblems(many(251, some))).toEqual(["251 files, at most 250"]);
    expect(fileProblems(many(4, new Uint8Array(5_000_000)))).toEqual([]);
    expect(fileProblems(many(1, new Uint8Array(5_000_001)))).toHaveLength(1);
    expect(fileProblems(many(5, new Uint8Array(4_000_001)))).toHaveLength(1);
    expect(fileProblems(many(1, new Uint8Array(0)))).toEqual(["app/f0.js: empty"]);
  });
});

describe("the built pages", () => {
  const problems = (text: string, path = "app/widget.js", apiOrigin = ORIGIN) =>
    bundleProblems(
      new Map([
        ["app/api.js", bytes(`fetch("${apiOrigin}/api/v1")`)],
        [path, bytes(text)],
      ]),
      apiOrigin,
    ).join("\n");

  it("know our server, Zoho's SDK and nothing else", () => {
    expect(problems('<script src="https://js.zohostatic.com/zohofinance/v1/zf_sdk.js">', "app/a.html")).toBe(
      "",
    );
    expect(bundleProblems(new Map([["app/a.js", some]]), ORIGIN)).toEqual([`no script knows ${ORIGIN}`]);
  });

  it.each([
    ["console.log(invoice)", "writes to the console"],
    ["console?.error(e)", "writes to the console"],
    ["//# sourceMappingURL=a.js.map", "names a source map"],
    ["fetch(u,{cache:`no-store`,credentials:`same-origin`})", "holds the sandbox's session"],
    ['fetch("https://evil.example/x")', "names https://evil.example"],
    ['fetch("https://api.example.org.evil.example/x")', "names https://api.example.org.evil.example"],
    ['new WebSocket("wss://evil.example")', "names wss://evil.example"],
    ['fetch("http://localhost:8601/x")', "names http://localhost:8601"],
    ['const host = "127.0.0.1"', "names this machine"],
    ["import.meta.env.VITE_OTHER", "a setting that was not built in"],
    ['new Function("return 1")', "runs text as code"],
  ])("are refused for %s", (text, reason) => {
    expect(problems(text)).toContain(reason);
  });

  it("may name this machine where the server is on it, and no other port of it", () => {
    const local = "http://localhost:8601";
    expect(problems("", "app/a.js", local)).toBe("");
    expect(problems('"http://localhost:8602"', "app/a.js", local)).toContain("names http://localhost:8602");
  });
});

describe("API_ORIGIN", () => {
  it.each([
    [ORIGIN, ORIGIN],
    [`${ORIGIN}/`, ORIGIN],
    ["http://localhost:8601", "http://localhost:8601"],
  ])("%s is %s", (text, origin) => {
    expect(parseApiOrigin(text)).toBe(origin);
  });

  it.each([
    [undefined, "is missing"],
    ["", "is missing"],
    ["api.example.org", "not an origin"],
    [`${ORIGIN}/api`, "not an origin"],
    ["https://user@api.example.org", "not an origin"],
    ["http://api.example.org", "has to be https"],
    ["http://localhost.example.org", "has to be https"],
    ["wss://api.example.org", "has to be https"],
  ])("%s is refused", (text, reason) => {
    expect(() => parseApiOrigin(text)).toThrow(reason);
  });
});
