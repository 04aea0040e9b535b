import { cleanup, render } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { InvoiceScreen } from "../src/screens/invoice.tsx";
import { Sidebar } from "../src/screens/sidebar.tsx";
import { createSessions, sandboxSessions } from "../src/session.ts";
import { connectToZoho } from "../src/zoho-sdk.ts";
import { FakeOffice, sessionsOf } from "./settings.tsx";
import { buttonNamed, FakeServer, FakeZoho, linkNamed, show } from "./sidebar.tsx";
import { STATES, view } from "./views.ts";

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => {
  cleanup();
  delete window.ZFAPPS;
  vi.useRealTimers();
});

function showWithRealSdk() {
  const server = new FakeServer(view());
  const sessions = sandboxSessions({ fetch: server.fetch }, "./session");
  return render(
    <Sidebar fetch={server.fetch} sessions={sessions} Screen={InvoiceScreen} connectToZoho={connectToZoho} />,
  );
}

const answeringSdk = (): NonNullable<Window["ZFAPPS"]> => ({
  extension: { init: async () => ({ instance: { on: () => undefined } }) },
  get: async (path) => (path === "invoice" ? { invoice: { invoice_id: "460000000026049" } } : {}),
  invoke: async () => undefined,
});

describe("Zoho's SDK", () => {
  it("answers: the invoice is shown", async () => {
    window.ZFAPPS = answeringSdk();
    await showWithRealSdk().findByRole("heading", { name: "Ready to fiscalise" });
  });

  it.each<[string, Partial<NonNullable<Window["ZFAPPS"]>>]>([
    ["never answers init", { extension: { init: () => new Promise(() => undefined) } }],
    ["never answers get", { get: () => new Promise(() => undefined) }],
    ["rejects with a string", { get: () => Promise.reject("Invalid Property (invoice) for get action") }],
  ])("%s: a calm sentence after 8 s, and another try", async (_, broken) => {
    window.ZFAPPS = { ...answeringSdk(), ...broken };
    const screen = showWithRealSdk();
    await vi.advanceTimersByTimeAsync(8_100);
    await screen.findByRole("heading", { name: "Zoho Books does not answer" });
    window.ZFAPPS = Object.assign(window.ZFAPPS ?? {}, answeringSdk());
    screen.getByRole("button", { name: "Try again" }).click();
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
  });

  it("never loads: the same sentence", async () => {
    const screen = showWithRealSdk();
    await vi.advanceTimersByTimeAsync(8_100);
    await screen.findByRole("heading", { name: "Zoho Books does not answer" });
  });
});

describe("the panel", () => {
  it("stands beside the document that Zoho shows now, in whatever order Zoho says so", async () => {
    const { server, zoho, screen } = show(view());
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
    const answers: ((id: string) => void)[] = [];
    zoho.documentId = () => new Promise((resolve) => answers.push(resolve));
    zoho.changed();
    zoho.changed();
    const [older, newer] = answers;
    newer?.("4600000000003");
    await vi.waitFor(() => expect(readOf(server)).toBe("/invoices/4600000000003"));
    older?.("4600000000002");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.asked.map(({ path }) => path)).not.toContain("/invoices/4600000000002");
  });

  it("offers nothing to press for the document of before where Zoho does not say what it shows now", async () => {
    const { zoho, screen } = show(view());
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
    zoho.id = null;
    zoho.changed();
    await screen.findByRole("heading", { name: "Zoho Books does not answer" });
    expect(screen.queryByRole("button", { name: "Fiscalise" })).toBeNull();
    zoho.id = "460000000026049";
    screen.getByRole("button", { name: "Try again" }).click();
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
  });

  it("takes no press for the document of before while Zoho has not said yet what it shows now", async () => {
    const { server, zoho, screen } = show(view());
    const button = await buttonNamed(screen, "Fiscalise");
    const asked = Promise.withResolvers<string>();
    zoho.documentId = () => asked.promise;
    zoho.changed();
    button.click();
    asked.resolve("4600000000003");
    await vi.waitFor(() => expect(readOf(server)).toBe("/invoices/4600000000003"));
    expect(server.posts("/fiscalise")).toEqual([]);
  });

  it("shows what Zoho said meanwhile where its first answer never comes, and is told once of each change", async () => {
    const { server, zoho, screen } = show(view(), () => undefined);
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
    zoho.id = null;
    zoho.changed();
    await screen.findByRole("heading", { name: "Zoho Books does not answer" });
    const hangs = Promise.withResolvers<null>();
    zoho.documentId = () => hangs.promise;
    screen.getByRole("button", { name: "Try again" }).click();
    await vi.waitFor(() => expect(screen.queryByRole("button", { name: "Try again" })).toBeNull());
    zoho.documentId = async () => "4600000000009";
    zoho.changed();
    hangs.resolve(null);
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
    expect(readOf(server)).toBe("/invoices/4600000000009");
    expect(zoho.listeners).toBe(1);
  });

  it("follows Zoho to another document while the session is still being opened", async () => {
    const { server, zoho, screen } = show(view(), (it) => {
      it.held = Promise.withResolvers<void>();
    });
    await vi.waitFor(() => expect(zoho.listeners).toBe(1));
    zoho.id = "4600000000009";
    zoho.changed();
    await vi.advanceTimersByTimeAsync(100);
    server.held?.resolve();
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
    const read = server.asked.filter(({ path }) => path.startsWith("/invoices/")).map(({ path }) => path);
    expect(new Set(read)).toEqual(new Set(["/invoices/4600000000009"]));
  });

  it("is of who signed in last, in whatever order Zoho and the session answer", async () => {
    const server = new FakeServer(view());
    const zoho = new FakeZoho();
    const found: (() => void)[] = [];
    zoho.documentId = () => new Promise((resolve) => found.push(() => resolve(zoho.id)));
    let hear: (signedIn: boolean) => void = () => undefined;
    const sessions = sandboxSessions({ fetch: server.fetch }, "./session");
    const onChange = (listener: typeof hear) => {
      hear = listener;
      return () => undefined;
    };
    const door = { ...sessionsOf(new FakeOffice()).door, onChange };
    server.signedIn = false;
    const screen = render(
      <Sidebar
        fetch={server.fetch}
        sessions={{ ...sessions, door }}
        Screen={InvoiceScreen}
        connectToZoho={async () => zoho}
      />,
    );
    await vi.waitFor(() => expect(found).toHaveLength(1));
    server.signedIn = true;
    hear(true);
    await vi.waitFor(() => expect(found).toHaveLength(2));
    found[1]?.();
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
    found[0]?.();
    await vi.advanceTimersByTimeAsync(1_000);
    screen.getByRole("heading", { name: "Ready to fiscalise" });
  });
});

const readOf = (server: FakeServer) => server.asked.findLast(({ method }) => method === "GET")?.path;

describe("the session", () => {
  it("is missing: signs in through the pop-up and goes on by itself", async () => {
    const popup = { closed: false } as Window;
    const open = vi.spyOn(window, "open").mockReturnValue(popup);
    const { server, screen } = show(view(), (it) => {
      it.signedIn = false;
    });
    (await screen.findByRole("button", { name: "Sign in with Zoho" })).click();
    await screen.findByText("Finish signing in in the window that opened.");
    expect(String(open.mock.calls[0]?.[0])).toMatch(/\/sign-in$/);
    server.signedIn = true;
    await vi.advanceTimersByTimeAsync(1_100);
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
  });

  it("is missing and the pop-up is closed: the button is there again", async () => {
    vi.spyOn(window, "open").mockReturnValue({ closed: true } as Window);
    const { screen } = show(view(), (it) => {
      it.signedIn = false;
    });
    const button = await buttonNamed(screen, "Sign in with Zoho");
    button.click();
    await vi.waitFor(() => expect(button.disabled).toBe(false));
  });

  it("is missing and the pop-up is blocked: a sentence and a plain link", async () => {
    vi.spyOn(window, "open").mockReturnValue(null);
    const { screen } = show(view(), (it) => {
      it.signedIn = false;
    });
    (await screen.findByRole("button", { name: "Sign in with Zoho" })).click();
    const link = await linkNamed(screen, "Open the sign-in page");
    expect(link.href).toMatch(/\/sign-in$/);
  });

  it("cannot be reached: says so and tries again", async () => {
    const { server, screen } = show(view(), (it) => {
      it.offline = true;
    });
    await screen.findByRole("heading", { name: "No connection to Fiscalise" });
    server.offline = false;
    screen.getByRole("button", { name: "Try again" }).click();
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
  });

  it("does not exist in a production build, which offers no button that would do nothing", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>();
    const zoho = new FakeZoho();
    const screen = render(
      <Sidebar
        fetch={fetch}
        sessions={createSessions({ fetch })}
        Screen={InvoiceScreen}
        connectToZoho={async () => zoho}
      />,
    );
    await screen.findByRole("heading", { name: "Connect to Fiscalise" });
    expect(screen.queryAllByRole("button")).toEqual([]);
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("the language", () => {
  it.each([
    ["fr", "Fiscalisée"],
    ["rw", "Yemejwe"],
  ] as const)("of the session (%s) is the panel's and asked of the server", async (language, headline) => {
    const { server, screen } = show(STATES.fiscalised, (it) => {
      it.language = language;
    });
    await screen.findByRole("heading", { name: headline });
    expect(server.asked[0]?.headers.get("Accept-Language")).toBe(language);
    expect(document.documentElement.lang).toBe(language);
  });
});
