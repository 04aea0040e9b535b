import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import { render } from "@testing-library/preact";
import { InvoiceScreen } from "../src/screens/invoice.tsx";
import { Sidebar } from "../src/screens/sidebar.tsx";
import { sandboxSessions } from "../src/session.ts";
import type { Zoho } from "../src/zoho-sdk.ts";
import "../src/style.css";

const API = "https://api.fiscalise.example";

export type Asked = { method: string; path: string; query: URLSearchParams; headers: Headers; body: unknown };
export type Answer = Response | Promise<Response>;

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json" },
  });

/** The API and the session page, behind the one fetch the widget is given. */
export class FakeServer {
  readonly asked: Asked[] = [];
  language: Language = "en";
  signedIn = true;
  token = "token-1";
  offline = false;
  /** Until it is let go, the session page does not answer. */
  held: PromiseWithResolvers<void> | null = null;
  view: InvoiceView;
  /** Overrides by `METHOD /path/after/api/v1`. */
  readonly routes = new Map<string, (asked: Asked) => Answer>();

  constructor(view: InvoiceView) {
    this.view = view;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    if (this.offline) throw new TypeError("Failed to fetch");
    if (url.pathname.endsWith("/session")) return this.session();
    const asked: Asked = {
      method: init?.method ?? "GET",
      path: url.pathname.replace("/api/v1", ""),
      query: url.searchParams,
      headers: new Headers(init?.headers),
      body: typeof init?.body === "string" ? JSON.parse(init.body) : undefined,
    };
    this.asked.push(asked);
    if (asked.headers.get("Authorization") !== `Bearer ${this.token}`) return json({}, 401);
    const route = this.routes.get(`${asked.method} ${asked.path}`);
    if (route) return route(asked);
    const { submission, device } = this.view;
    if (asked.method === "GET" && asked.path.endsWith("/progress")) return json({ submission, device });
    if (asked.method === "GET" && asked.path.startsWith("/invoices/")) return json(this.view);
    return json({}, 404);
  };

  posts(end: string): Asked[] {
    return this.asked.filter(({ method, path }) => method === "POST" && path.endsWith(end));
  }

  private async session(): Promise<Response> {
    await this.held?.promise;
    if (!this.signedIn) return new Response(null, { status: 204 });
    const { token, language } = this;
    return json({ accessToken: token, expiresAt: "2026-11-23T09:00:00Z", apiUrl: API, language });
  }
}

export class FakeZoho implements Zoho {
  id: string | null = "460000000026049";
  refreshes = 0;
  listeners = 0;
  changed: () => void = () => undefined;
  organization: string | null = "20081234567";
  organizationId = async () => this.organization;
  documentId = async () => this.id;
  onChange = (listener: () => void) => {
    this.listeners++;
    this.changed = listener;
  };
  refresh = () => {
    this.refreshes++;
  };
}

export function show(view: InvoiceView, prepare: (server: FakeServer) => void = () => undefined) {
  const server = new FakeServer(view);
  prepare(server);
  const zoho = new FakeZoho();
  const sessions = sandboxSessions({ fetch: server.fetch }, "./session");
  const screen = render(
    <Sidebar
      fetch={server.fetch}
      sessions={sessions}
      Screen={InvoiceScreen}
      connectToZoho={async () => zoho}
    />,
  );
  return { server, zoho, screen };
}

export const FISCALISE = "POST /invoices/460000000026049/fiscalise";
export const INVOICE = "GET /invoices/460000000026049";

type Screen = ReturnType<typeof render>;

export const buttonNamed = async (screen: Screen, name: string): Promise<HTMLButtonElement> =>
  (await screen.findByRole("button", { name })) as HTMLButtonElement;

export const linkNamed = async (screen: Screen, name: string): Promise<HTMLAnchorElement> =>
  (await screen.findByRole("link", { name })) as HTMLAnchorElement;

export const isDisabled = (screen: Screen, name: string): boolean =>
  (screen.getByRole("button", { name }) as HTMLButtonElement).disabled;
