import type { Me, SessionAnswer } from "@fiscalise/shared/api/auth.ts";
import { cleanup, fireEvent, render } from "@testing-library/preact";
import { vi } from "vitest";
import { accountSessions, TOKEN_KEY } from "../src/account-session.ts";
import { SettingsPage } from "../src/screens/settings/settings-page.tsx";
import * as mapped from "./mapping-views.ts";
import * as views from "./settings-views.ts";
import { type Answer, type Asked, json } from "./sidebar.tsx";
import { problem } from "./views.ts";
import "../src/style.css";
import "../src/settings.css";

export const API = "https://api.fiscalise.example";
const ME = "/businesses/me";

/** A problem as the server sends it; codes newer than this page included. */
export const refusal = (code: string, status: number, more: object = {}): Response =>
  json({ ...problem({ code: "forbidden" }), code, status, ...more }, status);

/** The API behind the one fetch the page is given; refresh tokens are good once, as the server's are. */
export class FakeOffice {
  readonly asked: Asked[] = [];
  readonly reused: string[] = [];
  offline = false;
  me: Me = views.me;
  accessToken = "access-1";
  refreshToken = "refresh-1";
  private rotations = 1;
  /** By `METHOD /path/after/api/v1`. */
  readonly routes = new Map<string, (asked: Asked) => Answer>([
    [`GET ${ME}/setup/status`, () => json(views.setUp(true, true, true))],
    [`GET ${ME}/config`, () => json(views.config)],
    [`GET ${ME}/vsdc-config`, () => json(views.vsdc)],
    [`GET ${ME}/zoho-config`, () => json(views.zoho)],
    [`GET ${ME}/zoho-config/fields`, () => json(views.fields)],
    [`GET ${ME}/notices`, () => json(views.notices)],
    [`GET ${ME}/restored-device`, () => json({ hold: null })],
    [`GET ${ME}/stats`, () => json(views.stats)],
    [`GET ${ME}/vsdc-status`, () => json(views.status)],
    [`GET ${ME}/recent-invoices`, () => json({ items: views.documents(3), nextCursor: null })],
    [`GET ${ME}/users`, () => json({ items: views.users })],
    [`GET ${ME}/tax-mappings`, () => json(mapped.taxes)],
    [`GET ${ME}/item-mappings`, () => json({ items: mapped.items, nextCursor: null })],
    [
      `GET ${ME}/item-mappings/${encodeURIComponent("item:4600000000101")}/suggestions`,
      () => json({ items: mapped.suggestions }),
    ],
    [`GET ${ME}/item-classes`, () => json({ items: mapped.classes })],
    [`GET ${ME}/device-codes/10`, () => json({ items: [{ code: "KG", name: "Kilogram" }] })],
    [`GET ${ME}/audit-events`, () => json(views.audit)],
  ]);

  readonly fetch: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    if (this.offline) throw new TypeError("Failed to fetch");
    const asked: Asked = {
      method: init?.method ?? "GET",
      path: url.pathname.replace("/api/v1", ""),
      query: url.searchParams,
      headers: new Headers(init?.headers),
      body: typeof init?.body === "string" ? JSON.parse(init.body) : undefined,
    };
    this.asked.push(asked);
    const name = `${asked.method} ${asked.path}`;
    const route = this.routes.get(name);
    if (name === "POST /auth/refresh") return route ? route(asked) : this.refresh(asked);
    if (/^\/(auth|widget)\//.test(asked.path) && name !== "GET /auth/me") {
      return route ? route(asked) : json(this.session());
    }
    if (asked.headers.get("Authorization") !== `Bearer ${this.accessToken}`) return json({}, 401);
    if (route) return route(asked);
    return name === "GET /auth/me" ? json(this.me) : refusal("not-found", 404);
  };

  goOffline(): void {
    this.offline = true;
  }

  on(name: string, answer: (asked: Asked) => Answer): void {
    this.routes.set(name.replace(" /", ` ${ME}/`), answer);
  }

  to(name: string): Asked[] {
    return this.asked.filter(({ method, path }) => `${method} ${path.replace(ME, "")}` === name);
  }

  session(): SessionAnswer {
    this.rotations++;
    this.accessToken = `access-${this.rotations}`;
    this.refreshToken = `refresh-${this.rotations}`;
    return {
      accessToken: this.accessToken,
      expiresAt: "2026-11-23T09:00:00Z",
      refreshToken: this.refreshToken,
      user: this.me,
    };
  }

  private async refresh({ body }: Asked): Promise<Response> {
    const { refreshToken } = body as { refreshToken: string };
    // The neighbour's question arrives while this one is being answered.
    await new Promise((resolve) => setTimeout(resolve));
    if (this.offline) throw new TypeError("Failed to fetch");
    if (refreshToken === this.refreshToken) return json(this.session());
    this.reused.push(refreshToken);
    return json({}, 401);
  }
}

export const sessionsOf = (office: FakeOffice) =>
  accountSessions({ fetch: office.fetch, apiUrl: API, storage: localStorage });

/** Offices of pages that are shown. */
const shown: FakeOffice[] = [];

export function showSettings(prepare: (office: FakeOffice) => void = () => undefined, hash = "") {
  const office = new FakeOffice();
  shown.push(office);
  localStorage.setItem(TOKEN_KEY, office.refreshToken);
  history.replaceState(null, "", `${location.pathname}${location.search}${hash || "#"}`);
  prepare(office);
  const screen = render(
    <SettingsPage
      fetch={office.fetch}
      sessions={sessionsOf(office)}
      organizationId={async () => "20081234567"}
    />,
  );
  return { office, screen };
}

export const signedOut = () => localStorage.removeItem(TOKEN_KEY);

type Screen = ReturnType<typeof render>;

export const press = async (screen: Screen, name: string | RegExp) =>
  (await screen.findByRole("button", { name })).click();

export const headed = (screen: Screen, name: string | RegExp) => screen.findByRole("heading", { name });

export const type = async (screen: Screen, label: string | RegExp, value: string) =>
  fireEvent.input(await screen.findByLabelText(label), { target: { value } });
export const choose = async (screen: Screen, label: string | RegExp, value: string) =>
  fireEvent.change(await screen.findByLabelText(label), { target: { value } });

/** What a download link was given, and under which name. */
export function downloads() {
  const made: { name: string; href: string }[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    made.push({ name: this.download, href: this.href });
  });
  return made;
}

/** After each test: the next finds the page, the clock and the browser's storage as new. */
/** A page that asks on after its test hears nothing: its "signed out" would be the next page's, which has the same storage. */
export function tidyUp(): void {
  cleanup();
  for (const office of shown.splice(0)) office.goOffline();
  vi.restoreAllMocks();
  vi.useRealTimers();
  localStorage.clear();
}
