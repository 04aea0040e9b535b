import type { Files } from "./manifest.ts";

/** What Zoho's packer takes; anything else it leaves out without failing (docs/zoho.md, "The extension"). */
const EXTENSIONS = new Set(
  "jpg jpeg png gif svg css woff woff2 ttf eot webm js mp3 mp4 json txt md xml dre html".split(" "),
);
const FILE_NAME = /^[A-Za-z0-9_$-][A-Za-z0-9_.$-]{0,49}$/;
const FOLDER_NAME = /^[A-Za-z0-9_$-]+$/;
const FILES_MAX = 250;
const FILE_BYTES_MAX = 5_000_000;
const ALL_BYTES_MAX = 20_000_000;

export function fileProblems(files: Files): string[] {
  const problems = [...files].flatMap(([path, { length }]) => {
    const folders = path.split("/");
    const name = folders.pop() ?? "";
    return [
      ...when(!EXTENSIONS.has(name.split(".").at(-1) ?? ""), `${path}: Zoho does not pack this kind of file`),
      ...when(!FILE_NAME.test(name), `${path}: a file name Zoho refuses`),
      ...when(!folders.every((folder) => FOLDER_NAME.test(folder)), `${path}: a folder name Zoho refuses`),
      ...when(length > FILE_BYTES_MAX, `${path}: ${length} bytes, at most ${FILE_BYTES_MAX}`),
      ...when(length === 0, `${path}: empty`),
    ];
  });
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  return [
    ...problems,
    ...when(files.size > FILES_MAX, `${files.size} files, at most ${FILES_MAX}`),
    ...when(bytes > ALL_BYTES_MAX, `${bytes} bytes together, at most ${ALL_BYTES_MAX}`),
  ];
}

/** Besides our server: Zoho's SDK, XML namespaces, the example beside the field for a device's address. */
const KNOWN_ORIGINS = ["https://js.zohostatic.com", "http://www.w3.org", "https://vsdc.example.rw:8443"];
const ADDRESS = /\b(?:https?|wss?):\/\/[A-Za-z0-9.[\]:-]+/g;
const LOOPBACK = /\blocalhost\b|\b127\.0\.0\.1\b|\[::1\]|\b0\.0\.0\.0\b/;
const TEXT = /\.(?:js|css|html|json)$/;

const FORBIDDEN = [
  { pattern: /\bconsole\s*(?:\?\.|\.|\[)/, why: "writes to the console" },
  { pattern: /sourceMappingURL=/, why: "names a source map" },
  { pattern: /credentials:\s*["'`]same-origin/, why: "holds the sandbox's session" },
  { pattern: /import\.meta\.env/, why: "reads a setting that was not built in" },
  { pattern: /\beval\s*\(|\bnew Function\s*\(/, why: "runs text as code" },
] as const;

/** What a reviewer, or a person's browser, must not find in the built pages. */
export function bundleProblems(files: Files, apiOrigin: string): string[] {
  const texts = [...files]
    .filter(([path]) => TEXT.test(path))
    .map(([path, bytes]) => ({ path, text: new TextDecoder().decode(bytes) }));
  const problems = texts.flatMap(({ path, text }) => {
    const origins = new Set([...text.matchAll(ADDRESS)].map(([address]) => address));
    const foreign = [...origins].filter((origin) => origin !== apiOrigin && !KNOWN_ORIGINS.includes(origin));
    return [
      ...FORBIDDEN.filter(({ pattern }) => pattern.test(text)).map(({ why }) => `${path}: ${why}`),
      ...foreign.map((origin) => `${path}: names ${origin}`),
      ...when(LOOPBACK.test(text.replaceAll(apiOrigin, "")), `${path}: names this machine`),
    ];
  });
  const told = texts.some(({ path, text }) => path.endsWith(".js") && text.includes(apiOrigin));
  return [...problems, ...when(!told, `no script knows ${apiOrigin}`)];
}

const when = (isSo: boolean, problem: string) => (isSo ? [problem] : []);
