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
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; padding: 32px 24px; display: grid; justify-items: center; }
main { max-width: 420px; }
h1 { font-size: 20px; line-height: 1.3; margin: 0 0 12px; }
output { display: block; margin: 4px 0 12px; font: 600 28px/1.3 ui-monospace, monospace; letter-spacing: 2px; }
button { padding: 10px 16px; font: inherit; }
.page { overflow-wrap: anywhere; }
.label { margin: 20px 0 0; font-size: 13px; }
.warning { margin-top: 20px; padding: 12px 16px; border: 1px solid #b35900; border-radius: 8px; }
`;
/** A press is never the second half of a click on something that was here a moment ago. */
const PRESSABLE_AFTER_MS = 1_000;
const SCRIPT = `
const { code, page } = document.body.dataset;
const button = document.querySelector("button");
if (button && window.opener) {
  document.getElementById("hand-over").hidden = false;
  setTimeout(() => { button.disabled = false; }, ${PRESSABLE_AFTER_MS});
  button.addEventListener("click", (press) => {
    if (press.isTrusted) window.opener.postMessage({ type: "${HANDOVER_MESSAGE}", code }, page);
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
    body: `<p>${escaped(words.text)}</p>
${pageOrigin === null ? "" : offer(pageOrigin, language)}
<p class="label" id="code">${escaped(words.codeLabel)}</p>
<output aria-labelledby="code">${escaped(code)}</output>
<p>${escaped(words.typeIt)}</p>
<p class="warning">${escaped(words.warning)}</p>`,
  });
}

/** Zoho may consent without asking, so only the person's own press hands the code over (docs/decisions/016). */
function offer(pageOrigin: string, language: Language): string {
  const { handOverText, handOver } = HANDOVER_WORDS[language];
  return `<div id="hand-over" hidden>
<p class="page">${escaped(handOverText(pageOrigin))}</p>
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
