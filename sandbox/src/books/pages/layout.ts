import { type Html, html } from "../html.ts";
import { type IconName, icon } from "./icons.ts";

export type Shell = {
  organisationName: string;
  apiUrl: string;
  signedIn: boolean;
  /** What the strip offers beside the links; empty where no widget is on the page. */
  strip?: Html;
};

export type Section = "invoices" | "control";

const RAIL: readonly { section: Section | null; icon: IconName; word: string; href?: string }[] = [
  { section: null, icon: "home", word: "Home" },
  { section: null, icon: "items", word: "Items" },
  { section: null, icon: "customers", word: "Customers" },
  { section: "invoices", icon: "invoice", word: "Invoices", href: "/" },
  { section: null, icon: "creditnote", word: "Credit Notes" },
  { section: null, icon: "payments", word: "Payments Received" },
  { section: null, icon: "banking", word: "Banking" },
  { section: null, icon: "reports", word: "Reports" },
];

export function page(
  shell: Shell,
  view: {
    section: Section;
    title: string;
    body: Html;
    styles: readonly string[];
    scripts: readonly string[];
    narrowRail?: boolean;
  },
): string {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${view.title}</title>
  <link rel="icon" href="/public/icon.svg" type="image/svg+xml">
  ${["base.css", "shell.css", ...view.styles].map((name) => html`<link rel="stylesheet" href="/public/${name}">`)}
  ${["session.js", ...view.scripts].map((name) => html`<script type="module" src="/public/${name}"></script>`)}
</head>
<body class="${view.narrowRail ? "narrow-rail" : ""}">
  <a class="skip" href="#main">Skip to content</a>
  ${strip(shell, view.section)}
  <div class="shell">
    ${view.section === "control" ? null : rail(shell, view.section)}
    <main id="main" tabindex="-1">${view.body}</main>
  </div>
  <div id="toasts" class="toasts" role="status" aria-live="polite"></div>
</body>
</html>`.markup;
}

function strip(shell: Shell, section: Section): Html {
  const inControl = section === "control";
  return html`<header class="strip">
    <span class="strip-name"><span class="strip-mark" aria-hidden="true">F</span>Sandbox</span>
    <nav class="strip-nav" aria-label="Sandbox">
      <a href="/" ${current(!inControl)}>${icon("invoice")}<span>Books</span></a>
      <a href="/control" ${current(inControl)}>${icon("sliders")}<span>Control room</span></a>
      <a href="${shell.apiUrl}/docs" target="_blank" rel="noopener"><span>API</span></a>
    </nav>
    <div class="strip-tools">
      ${shell.strip}
      <div class="session" data-signed-in="${String(shell.signedIn)}">
        <span class="session-state">${shell.signedIn ? "Signed in" : "Signed out"}</span>
        <button type="button" class="strip-button" id="session-toggle">${shell.signedIn ? "Sign out" : "Sign in"}</button>
      </div>
    </div>
  </header>`;
}

function rail(shell: Shell, section: Section): Html {
  return html`<nav class="rail" aria-label="Zoho Books">
    <p class="rail-organisation" title="${shell.organisationName}"><span>${shell.organisationName}</span></p>
    <ul>${RAIL.map((entry) => html`<li>${railEntry(entry, section)}</li>`)}</ul>
  </nav>`;
}

function railEntry(entry: (typeof RAIL)[number], section: Section): Html {
  const face = html`${icon(entry.icon)}<span>${entry.word}</span>`;
  if (!entry.href) return html`<span class="rail-idle" title="Not part of the sandbox">${face}</span>`;
  return html`<a href="${entry.href}" title="${entry.word}" ${current(entry.section === section)}>${face}</a>`;
}

export function current(isCurrent: boolean): Html {
  return isCurrent ? html`aria-current="page"` : html``;
}
