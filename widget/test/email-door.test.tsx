import { cleanup, fireEvent, render } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { TOKEN_KEY } from "../src/account-session.ts";
import { InvoiceScreen } from "../src/screens/invoice.tsx";
import { Sidebar } from "../src/screens/sidebar.tsx";
import { FakeOffice, press, sessionsOf } from "./settings.tsx";
import { FakeZoho, json } from "./sidebar.tsx";
import { view } from "./views.ts";

afterEach(() => {
  cleanup();
  localStorage.clear();
});

function showSidebar(prepare: (office: FakeOffice) => void = () => undefined) {
  const office = new FakeOffice();
  office.routes.set("GET /invoices/460000000026049", () => json(view()));
  prepare(office);
  const zoho = new FakeZoho();
  const screen = render(
    <Sidebar
      fetch={office.fetch}
      sessions={sessionsOf(office)}
      Screen={InvoiceScreen}
      connectToZoho={async () => zoho}
    />,
  );
  return { office, screen };
}

describe("the sidebar without Zoho's own sign-in", () => {
  it("signs in with e-mail in the panel, then shows the invoice", async () => {
    const { screen } = showSidebar();
    await screen.findByRole("heading", { name: "Connect to Fiscalise" });
    await press(screen, "Sign in with e-mail");
    fireEvent.input(await screen.findByLabelText("E-mail"), { target: { value: "a@b.rw" } });
    fireEvent.input(screen.getByLabelText("Password"), { target: { value: "correct horse" } });
    await press(screen, "Sign in");
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
    expect(localStorage.getItem(TOKEN_KEY)).toBe("refresh-2");
  });

  it("goes on by itself when somebody signs in on the settings page of this browser", async () => {
    const { office, screen } = showSidebar();
    await screen.findByRole("heading", { name: "Connect to Fiscalise" });
    const { refreshToken } = office.session();
    localStorage.setItem(TOKEN_KEY, refreshToken);
    const change = { key: TOKEN_KEY, newValue: refreshToken, storageArea: localStorage };
    dispatchEvent(new StorageEvent("storage", change));
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
  });

  it("opens with the session of this browser", async () => {
    localStorage.setItem(TOKEN_KEY, "refresh-1");
    const { office, screen } = showSidebar();
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
    expect(office.reused).toEqual([]);
  });
});
