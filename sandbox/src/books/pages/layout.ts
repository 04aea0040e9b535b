import { type Html, html } from "../html.ts";
import { type IconName, icon } from "./icons.ts";
import { type NamedOrganisation, switcher } from "./switcher.ts";

export type Shell = {
  organisations: readonly NamedOrganisation[];
  /** Null where the address names none the sandbox has. */
  organisation: (NamedOrganisation & { signIn: { signedIn: boolean } }) | null;
  apiUrl: string;
  /** What the strip offers beside the links; empty where no widget is on the page. */
  strip?: Html;
};

const SECTIONS = {
  invoices: "/invoices",
  creditnotes: "/creditnotes",
  estimates: "/estimates",
  settings: "/settings/fiscalise",
  control: "/control",
} as const;
export type Section = keyof typeof SECTIONS;

const RAIL: readonly { section: Section | null; icon: IconName; word: string }[] = [
  { section: null, icon: "home", word: "Home" },
  { section: null, icon: "items", word: "Items" },
  { section: null, icon: "customers", word: "Customers" },
  { section: "estimates", icon: "estimate", word: "Estimates" },
  { section: "invoices", icon: "invoice", word: "Invoices" },
  { section: "creditnotes", icon: "creditnote", word: "Credit Notes" },
  { section: null, icon: "payments", word: "Payments Received" },
  { section: null, icon: "banking", word: "Banking" },
  { section: null, icon: "reports", word: "Reports" },
];

export type View = {
  section: Section;
  title: string;
  body: Html;
  styles: readonly string[];
  scripts?: readonly string[];
  narrowRail?: boolean;
};

export function page(shell: Shell, view: View): string {
  const { organisation } = shell;
  const scripts = [...(organisation ? ["session.js"] : []), ...(view.scripts ?? [])];
  return html`<!doctype html>
<html lang="en" data-root="${organisation?.root ?? ""}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${view.title}${organisation && ` | ${organisation.name}`}</title>
  <link rel="icon" href="/public/icon.svg" type="image/svg+xml">
  ${["base.css", "shell.css", ...view.styles].map((name) => html`<link rel="stylesheet" href="/public/${name}">`)}
  ${scripts.map((name) => html`<script type="module" src="/public/${name}"></script>`)}
</head>
<body class="${view.narrowRail ? "narrow-rail" : ""}">
  <a class="skip" href="#main">Skip to content</a>
  ${strip(shell, view.section)}
  <div class="shell">
    ${organisation && view.section !== "control" && rail(organisation, view.section)}
    <main id="main" tabindex="-1">${view.body}</main>
  </div>
  <div id="toasts" class="toasts" role="status" aria-live="polite"></div>
</body>
</html>`.markup;
}

function strip(shell: Shell, section: Section): Html {
  const { organisation, organisations, apiUrl } = shell;
  const inControl = section === "control";
  return html`<header class="strip">
    <a class="strip-name" href="/"><span class="strip-mark" aria-hidden="true">F</span>Sandbox</a>
    <nav class="strip-nav" aria-label="Sandbox">
      ${
        organisation &&
        html`<a href="${organisation.root}${SECTIONS.invoices}" ${current(!inControl)}>${icon("invoice")}<span>Books</span></a>
      <a href="${organisation.root}${SECTIONS.control}" ${current(inControl)}>${icon("sliders")}<span>Control room</span></a>`
      }
      <a href="${apiUrl}/docs" target="_blank" rel="noopener"><span>API</span></a>
    </nav>
    <div class="strip-tools">
      ${shell.strip}
      ${organisation && session(organisation.signIn.signedIn)}
      ${organisation && switcher(organisations, organisation, SECTIONS[section])}
    </div>
  </header>`;
}

function session(signedIn: boolean): Html {
  return html`<div class="session" data-signed-in="${String(signedIn)}">
    <span class="session-state">${signedIn ? "Signed in" : "Signed out"}</span>
    <button type="button" class="strip-button" id="session-toggle">${signedIn ? "Sign out" : "Sign in"}</button>
  </div>`;
}

function rail({ root }: NamedOrganisation, section: Section): Html {
  return html`<nav class="rail" aria-label="Zoho Books">
    <ul>${RAIL.map((entry) => html`<li>${railEntry(root, entry, section)}</li>`)}</ul>
    <p class="rail-heading">Settings</p>
    <ul><li>${railEntry(root, { section: "settings", icon: "settings", word: "Fiscalise" }, section)}</li></ul>
  </nav>`;
}

function railEntry(root: string, entry: (typeof RAIL)[number], section: Section): Html {
  const face = html`${icon(entry.icon)}<span>${entry.word}</span>`;
  if (!entry.section) return html`<span class="rail-idle" title="Not part of the sandbox">${face}</span>`;
  return html`<a href="${root}${SECTIONS[entry.section]}" title="${entry.word}" ${current(entry.section === section)}>${face}</a>`;
}

export function current(isCurrent: boolean): Html {
  return isCurrent ? html`aria-current="page"` : html``;
}
