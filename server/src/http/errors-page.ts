import { readFileSync } from "node:fs";
import { Marked } from "marked";
import { page } from "./reference-page.ts";

const SOURCE = new URL("../../../docs/errors.md", import.meta.url);

/** docs/errors.md for a browser: each problem's `type` leads to the heading with its code as id. */
export function errorsPage(): string {
  const markdown = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const inner = this.parser.parseInline(tokens);
        return depth === 2
          ? `<h2 id="${text}"><a href="#${text}">${inner}</a></h2>\n`
          : `<h1>${inner}</h1>\n`;
      },
    },
  });
  const text = markdown.parse(readFileSync(SOURCE, "utf8"), { async: false });
  return page({ title: "Problems", body: `<main class="text">\n${text}</main>` });
}
