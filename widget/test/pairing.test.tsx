import { cleanup, fireEvent, render } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TOKEN_KEY } from "../src/account-session.ts";
import { InvoiceScreen } from "../src/screens/invoice.tsx";
import { Sidebar } from "../src/screens/sidebar.tsx";
import { API, FakeOffice, headed, press, refusal, sessionsOf } from "./settings.tsx";
import { buttonNamed, FakeZoho, isDisabled, json, linkNamed } from "./sidebar.tsx";
import { view } from "./views.ts";

const ID = "0198c1f2-6c1e-7a11-9a55-0d6f1f6f2a09";
const SIGN_IN = `${API}/api/v1/widget/sign-in?state=x`;
const POLL = `POST /widget/pairings/${ID}/poll`;
const REDEEM = `POST /widget/pairings/${ID}/redeem`;
const BEGUN = { pairingId: ID, pollToken: "poll", signInUrl: SIGN_IN, expiresAt: "2026-11-23T08:52:07Z" };
const BUTTON = "Sign in with Zoho";

type Popup = { location: { href: string }; closed: boolean; close: () => void };
let popup: Popup | null;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  popup = { location: { href: "" }, closed: false, close: vi.fn() };
  vi.spyOn(window, "open").mockImplementation(() => popup as unknown as Window | null);
});
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.useRealTimers();
});

function showDoor(prepare: (office: FakeOffice, zoho: FakeZoho) => void = () => undefined) {
  const office = new FakeOffice();
  office.routes.set("POST /widget/pairings", () => json(BEGUN, 201));
  office.routes.set(POLL, () => json({ status: "pending", problem: null }));
  office.routes.set(REDEEM, () => json(office.session()));
  office.routes.set("GET /invoices/460000000026049", () => json(view()));
  const zoho = new FakeZoho();
  prepare(office, zoho);
  const screen = render(
    <Sidebar
      fetch={office.fetch}
      sessions={sessionsOf(office)}
      connectToZoho={async () => zoho}
      Screen={InvoiceScreen}
    />,
  );
  return { office, zoho, screen };
}

/** As the last page posts it; a test's window cannot be the source of a real message. */
const handOver = (code: string, from: { source?: object | null; origin?: string } = {}) => {
  const data = { type: "fiscalise-handover", code };
  dispatchEvent(Object.assign(new Event("message"), { data, source: popup, origin: API, ...from }));
};
const status =
  (found: string, problem: object | null = null) =>
  () =>
    json({ status: found, problem });
const looks = (count: number) => vi.advanceTimersByTimeAsync(count * 3_100);

/** Ready once Zoho Books has said whose books these are. */
async function begin(screen: ReturnType<typeof render>) {
  const button = await buttonNamed(screen, BUTTON);
  await expect.poll(() => button.disabled).toBe(false);
  button.click();
}

async function typeCode(screen: ReturnType<typeof render>, code: string) {
  fireEvent.input(await screen.findByLabelText("One-time code"), { target: { value: code } });
  await press(screen, "Go on");
}

describe("signing in with Zoho", () => {
  it("opens Zoho's window from the press, takes the code it hands over, and shows the invoice", async () => {
    const { office, screen } = showDoor();
    await begin(screen);
    expect(window.open).toHaveBeenCalledTimes(1);
    await expect.poll(() => popup?.location.href).toBe(SIGN_IN);
    await screen.findByText(/Finish in the window that opened/);
    expect(isDisabled(screen, BUTTON)).toBe(true);
    handOver("K7QF-2M9X");
    await headed(screen, "Ready to fiscalise");
    expect(office.to("POST /widget/pairings")[0]?.body).toEqual({ zohoOrganizationId: "20081234567" });
    expect(office.to(REDEEM)[0]?.body).toEqual({ pollToken: "poll", code: "K7QF-2M9X" });
    expect(popup?.close).toHaveBeenCalled();
    expect(localStorage.getItem(TOKEN_KEY)).toBe(office.refreshToken);
  });

  it("takes no code from another window", async () => {
    const { office, screen } = showDoor();
    await begin(screen);
    await screen.findByText(/Finish in the window/);
    handOver("K7QF-2M9X", { source: window });
    handOver("K7QF-2M9X", { origin: "https://elsewhere.example" });
    dispatchEvent(Object.assign(new Event("message"), { data: "noise", source: popup }));
    await looks(1);
    expect(office.to(REDEEM)).toEqual([]);
  });

  it("takes no code while none is waited for", async () => {
    popup = null;
    const { office, screen } = showDoor();
    await screen.findByRole("button", { name: BUTTON });
    handOver("K7QF-2M9X");
    office.routes.set(POLL, status("expired"));
    await begin(screen);
    await looks(1);
    await screen.findByText(/It took too long/);
    handOver("K7QF-2M9X");
    await looks(1);
    expect(office.to(REDEEM)).toEqual([]);
  });

  it("opened by a link that the browser lets nobody hold, takes the code from our server's page alone", async () => {
    popup = null;
    const { office, screen } = showDoor();
    await begin(screen);
    await linkNamed(screen, "Open the Zoho page");
    handOver("0000-0000", { origin: "https://elsewhere.example" });
    handOver("K7QF-2M9X", { source: window });
    await headed(screen, "Ready to fiscalise");
    expect(office.to(REDEEM).map(({ body }) => body)).toEqual([{ pollToken: "poll", code: "K7QF-2M9X" }]);
  });

  it("blocked by the browser: a sentence and a link, which leads to the same end", async () => {
    popup = null;
    const { screen } = showDoor();
    await begin(screen);
    await screen.findByText(/did not let the window open/);
    const link = await linkNamed(screen, "Open the Zoho page");
    expect([link.href, link.target]).toEqual([SIGN_IN, "_blank"]);
    expect(isDisabled(screen, BUTTON)).toBe(false);
    popup = { location: { href: "" }, closed: false, close: vi.fn() };
    link.click();
    expect(window.open).toHaveBeenLastCalledWith(SIGN_IN, expect.any(String), expect.any(String));
    handOver("K7QF-2M9X");
    await headed(screen, "Ready to fiscalise");
  });

  it("whose window was closed early may be begun again, and still ends where it is open after all", async () => {
    const { screen } = showDoor();
    await begin(screen);
    await expect.poll(() => popup?.location.href).toBe(SIGN_IN);
    if (popup) popup.closed = true;
    await looks(1);
    await screen.findByText(/seems to be closed/);
    expect(isDisabled(screen, BUTTON)).toBe(false);
    handOver("K7QF-2M9X");
    await headed(screen, "Ready to fiscalise");
  });

  it("whose window was closed before Zoho was there says so at once, and is begun again in another", async () => {
    const { office, screen } = showDoor();
    let answer: (response: Response) => void = () => undefined;
    office.routes.set("POST /widget/pairings", () => new Promise((resolve) => (answer = resolve)));
    await begin(screen);
    await screen.findByText(/Finish in the window/);
    if (popup) popup.closed = true;
    answer(json(BEGUN, 201));
    await screen.findByText(/seems to be closed/);
    expect(popup?.location.href).toBe("");
    expect(office.to(POLL)).toEqual([]);
    popup = { location: { href: "" }, closed: false, close: vi.fn() };
    office.routes.set("POST /widget/pairings", () => json(BEGUN, 201));
    await begin(screen);
    await expect.poll(() => popup?.location.href).toBe(SIGN_IN);
    expect(window.open).toHaveBeenLastCalledWith("about:blank", "_blank", expect.any(String));
    handOver("K7QF-2M9X");
    await headed(screen, "Ready to fiscalise");
  });

  it("begun again while its window is still open, closes that one", async () => {
    const { screen } = showDoor();
    await begin(screen);
    await expect.poll(() => popup?.location.href).toBe(SIGN_IN);
    await press(screen, "The window shows a code");
    const first = popup;
    popup = { location: { href: "" }, closed: false, close: vi.fn() };
    await begin(screen);
    expect(first?.close).toHaveBeenCalled();
    handOver("K7QF-2M9X", { source: first });
    await expect.poll(() => popup?.location.href).toBe(SIGN_IN);
    handOver("K7QF-2M9X");
    await headed(screen, "Ready to fiscalise");
  });

  it("cut off from its window asks for the code, as soon as there is one", async () => {
    const { office, screen } = showDoor();
    await begin(screen);
    await screen.findByText(/Finish in the window/);
    office.routes.set(POLL, status("ready"));
    await looks(2);
    await typeCode(screen, " k7qf 2m9x ");
    await headed(screen, "Ready to fiscalise");
    expect(office.to(REDEEM)[0]?.body).toEqual({ pollToken: "poll", code: " k7qf 2m9x " });
  });

  it("waits for the answer to the code, whatever a look finds meanwhile, and sends it once", async () => {
    const { office, screen } = showDoor();
    await begin(screen);
    await expect.poll(() => popup?.location.href).toBe(SIGN_IN);
    let answer: (response: Response) => void = () => undefined;
    const redeem = vi.fn(() => new Promise<Response>((resolve) => (answer = resolve)));
    office.routes.set(REDEEM, redeem);
    // The server has used the code up, and its answer to that is still on its way.
    office.routes.set(POLL, status("expired"));
    handOver("K7QF-2M9X");
    await vi.waitFor(() => expect(redeem).toHaveBeenCalled());
    handOver("K7QF-2M9X");
    await looks(2);
    expect(office.to(POLL)).not.toEqual([]);
    expect(redeem).toHaveBeenCalledOnce();
    answer(json(office.session()));
    await headed(screen, "Ready to fiscalise");
  });

  it("says that a code is wrong and takes another", async () => {
    const { office, screen } = showDoor();
    await begin(screen);
    await expect.poll(() => popup?.location.href).toBe(SIGN_IN);
    await press(screen, "The window shows a code");
    office.routes.set(REDEEM, () => refusal("handover-code-wrong", 422, { title: "This is not the code" }));
    await typeCode(screen, "K7QF-2M9Y");
    await headed(screen, "This is not the code");
    office.routes.set(REDEEM, () => json(office.session()));
    await typeCode(screen, "K7QF-2M9X");
    await headed(screen, "Ready to fiscalise");
  });

  it("too late: says so, and begins again", async () => {
    const { office, screen } = showDoor();
    await begin(screen);
    await screen.findByText(/Finish in the window/);
    office.routes.set(POLL, status("expired"));
    await looks(1);
    await screen.findByText(/It took too long/);
    office.routes.set(POLL, status("pending"));
    await begin(screen);
    await screen.findByText(/Finish in the window/);
    office.routes.set(REDEEM, () => refusal("pairing-expired", 410, { title: "This sign-in has ended" }));
    handOver("K7QF-2M9X");
    await headed(screen, "This sign-in has ended");
    expect(isDisabled(screen, BUTTON)).toBe(false);
  });

  it("refused in the other window is explained here as well", async () => {
    const { office, screen } = showDoor();
    await begin(screen);
    await screen.findByText(/Finish in the window/);
    const problem = { code: "not-enrolled", title: "Not a user yet", detail: "…", remedy: "Ask your admin." };
    office.routes.set(POLL, status("refused", problem));
    await looks(1);
    await headed(screen, "Not a user yet");
    await screen.findByText("Ask your admin.");
  });

  it("offline: says so, closes the window it opened, and may be tried again", async () => {
    const { office, screen } = showDoor();
    await screen.findByRole("button", { name: BUTTON });
    office.goOffline();
    await begin(screen);
    await headed(screen, "No connection to Fiscalise");
    expect(popup?.close).toHaveBeenCalled();
    office.offline = false;
    await begin(screen);
    await screen.findByText(/Finish in the window/);
  });

  it("loses the line while it waits, and goes on when it is back", async () => {
    const { office, screen } = showDoor();
    await begin(screen);
    await screen.findByText(/Finish in the window/);
    office.goOffline();
    await looks(2);
    handOver("K7QF-2M9X");
    await headed(screen, "No connection to Fiscalise");
    office.offline = false;
    await typeCode(screen, "K7QF-2M9X");
    await headed(screen, "Ready to fiscalise");
  });

  it("where Zoho does not say whose books these are, says so and leaves the door by e-mail", async () => {
    const { screen } = showDoor((_, zoho) => {
      zoho.organization = null;
    });
    await screen.findByText(/does not say which organisation/);
    expect(isDisabled(screen, BUTTON)).toBe(true);
    await press(screen, "Sign in with e-mail");
    await screen.findByLabelText("Password");
    await press(screen, BUTTON);
    await screen.findByText(/does not say which organisation/);
  });
});
