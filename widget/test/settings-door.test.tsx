import { cleanup } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TOKEN_KEY } from "../src/account-session.ts";
import { headed, press, refusal, showSettings, signedOut, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

type Screen = ReturnType<typeof showSettings>["screen"];

async function signIn(screen: Screen) {
  await type(screen, "E-mail", "aline@kigalifresh.example");
  await type(screen, "Password", "correct horse battery");
  await press(screen, "Sign in");
}

describe("the door", () => {
  it("lets in with e-mail and password, and opens the overview", async () => {
    const { office, screen } = showSettings(signedOut);
    await signIn(screen);
    await headed(screen, "Overview");
    expect(office.to("POST /auth/login")[0]?.body).toEqual({
      email: "aline@kigalifresh.example",
      password: "correct horse battery",
    });
  });

  it("sends nothing half typed, and puts the cursor where something is missing", async () => {
    const { office, screen } = showSettings(signedOut);
    await type(screen, "E-mail", "aline@nowhere");
    await press(screen, "Sign in");
    const email = screen.getByLabelText("E-mail");
    expect(document.activeElement).toBe(email);
    expect(email.getAttribute("aria-invalid")).toBe("true");
    screen.getByText("This is needed.");
    expect(office.to("POST /auth/login")).toEqual([]);
  });

  it("says what is wrong in the server's words and keeps what was typed", async () => {
    const { office, screen } = showSettings(signedOut);
    office.routes.set("POST /auth/login", () =>
      refusal("credentials-wrong", 401, { title: "E-mail or password is wrong" }),
    );
    await signIn(screen);
    await headed(screen, "E-mail or password is wrong");
    expect((screen.getByLabelText("Password") as HTMLInputElement).value).toBe("correct horse battery");
  });

  it("asks which business where there are several, and signs in to the chosen one", async () => {
    const { office, screen } = showSettings(signedOut);
    const choices = [
      { tin: "999911307", name: "Kigali Fresh Markets Ltd" },
      { tin: "101234567", name: "Musanze Hardware" },
    ];
    office.routes.set("POST /auth/login", ({ body }) =>
      "businessTin" in (body as object)
        ? json(office.session())
        : refusal("business-ambiguous", 409, { choices }),
    );
    await signIn(screen);
    await press(screen, /Musanze Hardware/);
    await headed(screen, "Overview");
    expect(office.to("POST /auth/login")[1]?.body).toMatchObject({ businessTin: "101234567" });
  });

  it("keeps what was typed when the connection is lost, and works when it is back", async () => {
    const { office, screen } = showSettings(signedOut);
    await screen.findByLabelText("E-mail");
    office.offline = true;
    await signIn(screen);
    await headed(screen, "No connection to Fiscalise");
    office.offline = false;
    await press(screen, "Sign in");
    await headed(screen, "Overview");
  });

  it("takes a code and a new password, and shows why a password is too weak", async () => {
    const { office, screen } = showSettings(signedOut);
    const message = "This password is on every list of common ones.";
    office.routes.set("POST /auth/accept", () =>
      refusal("password-weak", 422, { fields: [{ path: "password", code: "password-easy", message }] }),
    );
    await press(screen, "I have a code");
    await type(screen, "Code", "K7QM-4XTP-92WB");
    await type(screen, "New password", "short");
    screen.getByText("Too short or too simple");
    await press(screen, "Set password and sign in");
    expect(office.to("POST /auth/accept")).toEqual([]);
    await type(screen, "New password", "password123");
    await press(screen, "Set password and sign in");
    await screen.findByText(message);
    office.routes.delete("POST /auth/accept");
    await type(screen, "New password", "four words nobody guesses");
    expect(screen.queryByText(message)).toBeNull();
    await press(screen, "Set password and sign in");
    await headed(screen, "Overview");
  });

  it("says that a business is inactive, at the start or in the middle", async () => {
    const first = showSettings((office) => {
      office.me = {
        ...views.me,
        business: { id: views.id(900), name: "X", tin: "999911307", status: "inactive" },
      };
    });
    await headed(first.screen, "This business is inactive");
    cleanup();
    const { screen } = showSettings((office) =>
      office.on("GET /stats", () => refusal("business-inactive", 403)),
    );
    await headed(screen, "This business is inactive");
  });

  it("tells a super admin that there is no business here", async () => {
    const { screen } = showSettings((office) => {
      office.me = { ...views.me, role: "super_admin", business: null };
    });
    await headed(screen, "No business here");
  });

  it("cannot be reached: says so, keeps the session and tries again", async () => {
    const { office, screen } = showSettings((it) => {
      it.offline = true;
    });
    await headed(screen, "No connection to Fiscalise");
    expect(localStorage.getItem(TOKEN_KEY)).not.toBeNull();
    office.offline = false;
    await press(screen, "Try again");
    await headed(screen, "Overview");
  });
});

describe("somebody signed in", () => {
  it("as a user sees the dashboard and none of the settings", async () => {
    const { screen } = showSettings((office) => {
      office.me = { ...views.me, role: "business_user" };
    }, "#/people");
    await headed(screen, "Overview");
    const links = screen.getAllByRole("link").map(({ textContent }) => textContent);
    expect(links.slice(0, 5)).toEqual(["Overview", "Documents", "Reconciliation", "Reports", "My account"]);
    expect(screen.queryByRole("link", { name: "People" })).toBeNull();
  });

  it("as a user before the set-up learns who finishes it", async () => {
    const { screen } = showSettings((office) => {
      office.me = { ...views.me, role: "business_user" };
      office.on("GET /setup/status", () => json(views.setUp(true, false, false)));
    });
    await headed(screen, "Not ready yet");
  });

  it("signs out: the server is told and the door is shown", async () => {
    const { office, screen } = showSettings(undefined, "#/account");
    await press(screen, "Sign out");
    await headed(screen, "Sign in to Fiscalise");
    await expect.poll(() => office.to("POST /auth/logout")).toHaveLength(1);
    expect(localStorage.getItem(TOKEN_KEY)).toBeNull();
  });

  it("signed out in another tab is signed out here", async () => {
    const { screen } = showSettings();
    await headed(screen, "Overview");
    localStorage.removeItem(TOKEN_KEY);
    const change = { key: TOKEN_KEY, oldValue: "refresh-1", newValue: null, storageArea: localStorage };
    dispatchEvent(new StorageEvent("storage", change));
    await headed(screen, "Sign in to Fiscalise");
  });

  it("whose session ends in the middle is asked to sign in again", async () => {
    const { office, screen } = showSettings();
    await headed(screen, "Overview");
    office.accessToken = "ended";
    office.refreshToken = "ended";
    screen.getByRole("link", { name: "Documents" }).click();
    await headed(screen, "Sign in to Fiscalise");
  });

  it("is shown as whoever signed in last, whatever an earlier question still comes to", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { office, screen } = showSettings(undefined, "#/account");
    await screen.findByLabelText("Name");
    let answer: (response: Response) => void = () => undefined;
    office.routes.set("PATCH /auth/me", () => new Promise((resolve) => (answer = resolve)));
    await type(screen, "Name", "Aline U.");
    screen.getAllByRole("button", { name: "Save" })[0]?.click();
    await expect.poll(() => office.to("PATCH /auth/me")).toHaveLength(1);
    await press(screen, "Sign out");
    await headed(screen, "Sign in to Fiscalise");
    answer(json({ ...views.me, name: "Aline U." }));
    await vi.advanceTimersByTimeAsync(1_000);
    screen.getByRole("heading", { name: "Sign in to Fiscalise" });
  });

  it("reads the page in the language of the profile", async () => {
    const { office, screen } = showSettings((it) => {
      it.me = { ...views.me, language: "rw" };
    });
    await headed(screen, "Incamake");
    expect(document.documentElement.lang).toBe("rw");
    await expect.poll(() => office.to("GET /stats")[0]?.headers.get("Accept-Language")).toBe("rw");
  });
});
