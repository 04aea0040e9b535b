import { readFile } from "node:fs/promises";
import { join } from "node:path";
import express, { type Express } from "express";
import { html } from "./html.ts";
import { noCrossSiteReads, sameOriginOnly } from "./same-origin.ts";
import type { ApiSession, SignIn } from "./session.ts";

const ZOHO_SDK_URL = "https://js.zohostatic.com/zohofinance/v1/zf_sdk.js";
const SDK_DIR = join(import.meta.dirname, "sdk");

export type WidgetHostDeps = {
  /** This listener's own origin; a foreign one to the page around it, as with Zoho. */
  origin: string;
  booksOrigin: string;
  widgetDir: string;
  /** `cspDomains` of the manifest. */
  connectSources: readonly string[];
  signIn: SignIn;
  user: { name: string; email: string };
};

/** Zoho's hosts of widgets are `'self'` here, too: this listener is one. */
const ZOHO_CONNECT_SOURCES = ["zappsusercontent", "zohostatic", "sigmausercontent", "qntrlusercontent"].map(
  (domain) => `https://*.${domain}.com`,
);

/** What Zoho sends with a hosted widget, its own hosts and our `cspDomains` in connect-src, and strict else. */
export function widgetPolicy(deps: Pick<WidgetHostDeps, "booksOrigin" | "connectSources">): string {
  return [
    "default-src 'self'",
    ["connect-src 'self'", ...ZOHO_CONNECT_SOURCES, ...deps.connectSources].join(" "),
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${deps.booksOrigin}`,
  ].join("; ");
}

/** Serves the built widget as Zoho does, with our SDK in the place of Zoho's. */
export function createWidgetHost(deps: WidgetHostDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(sameOriginOnly(deps.origin));
  app.use((_req, res, next) => {
    res.set("Content-Security-Policy", widgetPolicy(deps));
    res.set("X-Content-Type-Options", "nosniff");
    res.set("Referrer-Policy", "no-referrer");
    res.set("Cache-Control", "no-store");
    next();
  });
  serveSession(app, deps);
  app.get(/^\/app\/[\w.-]+\.html$/, async (req, res) => {
    const text = await readPage(deps.widgetDir, req.path.slice("/app/".length));
    if (text === null) return void res.status(404).type("html").send(notBuilt(deps.widgetDir));
    const sdkUrl = `./zf_sdk.js?host=${encodeURIComponent(deps.booksOrigin)}`;
    res.type("html").send(text.replaceAll(ZOHO_SDK_URL, sdkUrl));
  });
  app.use("/app", express.static(SDK_DIR, { index: false }));
  app.use("/app", express.static(deps.widgetDir, { index: false }));
  app.use((_req, res) => void res.status(404).json({ message: "Not a file of the widget." }));
  return app;
}

function serveSession(app: Express, { signIn, user }: WidgetHostDeps): void {
  app.get("/app/session", noCrossSiteReads, async (_req, res) => {
    const session: ApiSession | null = await signIn.session();
    if (!session) return void res.status(204).end();
    res.json(session);
  });
  app.get("/app/sign-in", (_req, res) => void res.type("html").send(signInPage(user)));
  app.post("/app/sign-in", (_req, res) => {
    signIn.signedIn = true;
    res.json({ signedIn: true });
  });
}

async function readPage(widgetDir: string, name: string): Promise<string | null> {
  try {
    return await readFile(join(widgetDir, name), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function signInPage({ name, email }: { name: string; email: string }): string {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in with Zoho</title><link rel="stylesheet" href="./sign-in.css">
<script type="module" src="./sign-in.js"></script></head>
<body><main>
  <h1>Sign in with Zoho</h1>
  <p>The sandbox plays Zoho Accounts here. No password is asked of ${email}.</p>
  <button type="button">Continue as ${name}</button>
  <p role="status"></p>
</main></body></html>`.markup;
}

function notBuilt(widgetDir: string): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>No widget</title><link rel="stylesheet" href="./sign-in.css"></head>
<body><main><h1>This page of the widget is not built</h1><p>Looked in ${widgetDir}. Run <code>vite build</code> in widget/.</p></main></body></html>`
    .markup;
}
