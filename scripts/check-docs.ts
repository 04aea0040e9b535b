import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Fails when a page cites a path of this repository that does not exist, or a test that has no such name, or code cites
 * a page or heading that does not, or a setting of the server is not explained.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const SKIPPED = ["node_modules", ".git", "dist", ".data"];
const TOP_FOLDERS = "server|widget|shared|sandbox|drizzle|docs|scripts|ops|packaging";
const MANUAL = "docs/configuration.md";
const CITED_PATH = new RegExp(`(?<![\\w./@-])((?:${TOP_FOLDERS})/[\\w./*-]*[\\w*])`, "g");
const LINK = /\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]+)?\)/g;
const CITED_TEST = /`([\w/.-]+\.test\.tsx?)`, “([^”]+)”/g;
const CITED_PAGE = /\bdocs\/[\w/-]+\.md(#[\w-]+)?/g;

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (SKIPPED.includes(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function headings(page: string): Set<string> {
  const titles = readFileSync(join(root, page), "utf8").matchAll(/^#+ (.+)$/gm);
  const anchors = readFileSync(join(root, page), "utf8").matchAll(/<a id="([^"]+)"/g);
  const slugs = [...titles].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .trim()
      .replace(/\s/g, "-"),
  );
  return new Set([...slugs, ...[...anchors].map(([, id = ""]) => id)]);
}

function problemWith(target: string, anchor: string | undefined): string | null {
  const path = target.replace(/\/?\*.*$/, "");
  if (!existsSync(join(root, path))) return `${target} does not exist`;
  const missing = anchor !== undefined && path.endsWith(".md") && !headings(path).has(anchor.slice(1));
  return missing ? `${path} has no heading ${anchor}` : null;
}

function citations(file: string): [target: string, anchor: string | undefined][] {
  const text = readFileSync(join(root, file), "utf8");
  if (!file.endsWith(".md")) {
    return [...text.matchAll(CITED_PAGE)].map(([cited, anchor]) => [cited.replace(/#.*/, ""), anchor]);
  }
  const links = [...text.matchAll(LINK)].map(([, target = "", anchor]): [string, string | undefined] => [
    target === "" ? file : normalize(join(dirname(file), target)),
    anchor,
  ]);
  const paths = [...text.matchAll(CITED_PATH)].map(([, path = ""]): [string, undefined] => [path, undefined]);
  return [...links, ...paths];
}

/** `path`, “name of a test”: the certification's evidence. */
function missingTests(page: string): string[] {
  return [...readFileSync(join(root, page), "utf8").matchAll(CITED_TEST)].flatMap(
    ([, path = "", name = ""]) => {
      const isThere =
        existsSync(join(root, path)) && readFileSync(join(root, path), "utf8").includes(`"${name}"`);
      return isThere ? [] : [`${page}: ${path} has no test “${name}”`];
    },
  );
}

/** The configuration manual says what each setting means. */
function unexplainedSettings(): string[] {
  const manual = readFileSync(join(root, MANUAL), "utf8");
  const settings = readFileSync(join(root, ".env.example"), "utf8").matchAll(/^([A-Z_]+)=/gm);
  return [...settings].flatMap(([, name]) =>
    manual.includes(`\`${name}\``) ? [] : [`${MANUAL} does not explain ${name}`],
  );
}

const files = filesBelow(".");
const pages = files.filter((file) => file.endsWith(".md"));
const code = files.filter((file) => /\.(ts|tsx|js|sql)$/.test(file) && !file.startsWith("scripts"));
const problems = [...pages, ...code].flatMap((file) =>
  citations(file).flatMap(([target, anchor]) => {
    const problem = problemWith(target, anchor);
    return problem === null ? [] : [`${file}: ${problem}`];
  }),
);
problems.push(...pages.flatMap(missingTests), ...unexplainedSettings());
for (const problem of new Set(problems)) console.error(problem);
if (pages.length === 0) console.error("no pages found");
process.exitCode = problems.length > 0 || pages.length === 0 ? 1 : 0;
