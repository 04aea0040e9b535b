import { createHash } from "node:crypto";
import { HANDOVER_MESSAGE } from "@fiscalise/shared/api/pairings.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import { HANDOVER_WORDS, type StepsWords } from "@fiscalise/shared/words/handover.ts";
import type { ProblemWords } from "@fiscalise/shared/words/words-of.ts";

/** What the window of a consent gives back to the window that began it. */
export interface Handover {
  code: string;
  /** The only page that is told the code; null when it can only be typed. */
  pageOrigin: string | null;
}

const STYLE = `
:root {
  color-scheme: light dark; font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Ubuntu, "Noto Sans", sans-serif;
  --page: #fff; --raised: #f7f8fa; --line: #e4e7ec; --ink: #1d2433; --soft: #5b6474;
  --accent: #1f66d0; --on-accent: #fff; --warn: #8a4b00; --warn-wash: #fdf2df;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #171b24; --raised: #1f2530; --line: #303846; --ink: #e8ebf1; --soft: #a5aebd;
    --accent: #7fb0ff; --on-accent: #0d1a30; --warn: #f2b866; --warn-wash: #362813;
  }
}
body { margin: 0; padding: 32px 24px; display: grid; justify-items: center; background: var(--page); color: var(--ink); }
main { width: 100%; max-width: 440px; }
h1 { font-size: 20px; line-height: 1.3; margin: 0 0 12px; }
p { margin: 0 0 12px; }
ol { margin: 0 0 16px; padding-left: 24px; }
li { margin-bottom: 8px; }
.page { overflow-wrap: anywhere; }
button { padding: 8px 16px; border: 0; border-radius: 8px; font: inherit; font-weight: 600; background: var(--accent); color: var(--on-accent); }
button:disabled { background: var(--line); color: var(--soft); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[role="status"] { min-height: 3em; }
.code { margin: 20px 0; padding: 12px 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); }
.code p { margin: 0; color: var(--soft); }
output { display: block; margin: 4px 0; font: 600 28px/1.3 ui-monospace, Consolas, monospace; letter-spacing: 2px; }
.warning { padding: 12px 16px; border-radius: 8px; background: var(--warn-wash); color: var(--warn); }
.warning::before {
  content: "!" / ""; display: inline-block; width: 20px; margin-right: 8px; border-radius: 10px;
  font: 700 13px/20px system-ui, sans-serif; text-align: center; background: var(--warn); color: var(--page);
}
`;
/** A press is never the second half of a click on something that was here, or in front of here, a moment ago. */
const PRESSABLE_AFTER_MS = 1_000;
const SCRIPT = `
const { code, page } = document.body.dataset;
const button = document.querySelector("button");
if (button && window.opener) {
  const said = document.querySelector("[role=status]");
  let timer;
  const rest = () => {
    button.disabled = true;
    clearTimeout(timer);
    timer = setTimeout(() => { button.disabled = false; }, ${PRESSABLE_AFTER_MS});
  };
  document.getElementById("hand-over").hidden = false;
  rest();
  addEventListener("focus", rest);
  button.addEventListener("click", (press) => {
    if (!press.isTrusted) return;
    window.opener.postMessage({ type: "${HANDOVER_MESSAGE}", code }, page);
    said.textContent = said.dataset.handedOver;
    rest();
  });
}
`;
const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Nothing but the page's own style and script; its opener may hear from it, nobody may frame it. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    `script-src ${hashOf(SCRIPT)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "unsafe-none",
};

export function handoverPage({ code, pageOrigin }: Handover, language: Language): string {
  const words = HANDOVER_WORDS[language];
  const told = pageOrigin === null ? "" : ` data-page="${escaped(pageOrigin)}"`;
  return page({
    language,
    title: words.title,
    attributes: ` data-code="${escaped(code)}"${told}`,
    body: `<p role="status" data-handed-over="${escaped(words.handedOver)}">${escaped(words.text)}</p>
${pageOrigin === null ? "" : offer(pageOrigin, language)}
<div class="code">
<p id="code">${escaped(words.codeLabel)}</p>
<output aria-labelledby="code">${escaped(code)}</output>
<p>${escaped(words.typeIt)}</p>
</div>
<p class="warning">${escaped(words.warning)}</p>`,
  });
}

/** Zoho may consent without asking, so only the person's own press hands the code over (docs/decisions/016). */
function offer(pageOrigin: string, language: Language): string {
  const { handOverText, handOver } = HANDOVER_WORDS[language];
  const shown = escaped(pageOrigin);
  return `<div id="hand-over" hidden>
<p class="page">${escaped(handOverText(pageOrigin)).replace(shown, `<strong>${shown}</strong>`)}</p>
<button type="button" disabled>${escaped(handOver)}</button>
</div>`;
}

/** A problem for somebody who looks at it in a browser's own window. */
export function problemPage({ title, detail, remedy }: ProblemWords, language: Language): string {
  const { problemText } = HANDOVER_WORDS[language];
  const body = [detail, remedy, problemText].map((text) => `<p>${escaped(text)}</p>`).join("\n");
  return page({ language, title, attributes: "", body });
}

/** What to do in Zoho Books, step by step. */
export function stepsPage({ title, steps, note }: StepsWords, language: Language): string {
  const list = steps.map((step) => `<li>${escaped(step)}</li>`).join("\n");
  return page({ language, title, attributes: "", body: `<ol>\n${list}\n</ol>\n<p>${escaped(note)}</p>` });
}

function page(parts: { language: Language; title: string; attributes: string; body: string }): string {
  return `<!doctype html>
<html lang="${parts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(parts.title)} · Fiscalise</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body${parts.attributes}>
<main>
<h1>${escaped(parts.title)}</h1>
${parts.body}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
