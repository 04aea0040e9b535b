import { afterEach, describe, expect, it } from "vitest";
import { choose, headed, press, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

describe("people", () => {
  const code = { code: "K7QM-4XTP-92WB", expiresAt: "2026-12-02T08:00:00Z" };

  it("are invited with a code that is shown this once", async () => {
    const { office, screen } = showSettings(undefined, "#/people");
    const invited = { ...views.users[2], id: views.id(9), name: "Diane Keza" };
    office.on("POST /users", () => json({ user: invited, invitation: code }, 201));
    await type(screen, "Name", " Diane Keza ");
    await type(screen, "E-mail", "diane@kigalifresh.example");
    await press(screen, "Invite");
    const title = await headed(screen, "Code for Diane Keza");
    await expect.poll(() => document.activeElement).toBe(title);
    screen.getByText("K7QM-4XTP-92WB");
    screen.getByRole("button", { name: "Copy: Code" });
    expect(office.to("POST /users")[0]?.body).toMatchObject({ name: "Diane Keza", role: "business_user" });
    await press(screen, "I have passed it on");
    await expect.poll(() => screen.queryByText("K7QM-4XTP-92WB")).toBeNull();
  });

  it("keep the form when the e-mail address is taken", async () => {
    const { office, screen } = showSettings(undefined, "#/people");
    office.on("POST /users", () => refusal("email-taken", 409, { title: "Somebody has this address" }));
    await type(screen, "Name", "Diane Keza");
    await type(screen, "E-mail", "eric@kigalifresh.example");
    await press(screen, "Invite");
    await headed(screen, "Somebody has this address");
    expect((screen.getByLabelText("Name") as HTMLInputElement).value).toBe("Diane Keza");
  });

  it("change role, are deactivated, and get a new code", async () => {
    const { office, screen } = showSettings(undefined, "#/people");
    const user = views.users[1];
    const path = `/users/${user?.id}`;
    office.on(`PATCH ${path}`, ({ body }) => json({ ...user, ...(body as object) }));
    office.on(`POST ${path}/invitations`, () => json(code, 201));
    await choose(screen, "Role: Eric Habimana", "business_admin");
    const deactivate = screen.getByRole("button", { name: "Deactivate: Eric Habimana" });
    await expect
      .poll(() => office.to(`PATCH ${path}`).length === 1 && deactivate.matches(":enabled"))
      .toBe(true);
    await press(screen, "Deactivate: Eric Habimana");
    await screen.findByRole("button", { name: "Activate: Eric Habimana" });
    expect(office.to(`PATCH ${path}`).map(({ body }) => body)).toEqual([
      { role: "business_admin" },
      { status: "inactive" },
    ]);
    await press(screen, "Activate: Eric Habimana");
    await press(screen, "New code: Eric Habimana");
    await headed(screen, "Code for Eric Habimana");
  });

  it("cannot lock themselves out", async () => {
    const { screen } = showSettings(undefined, "#/people");
    const role = (await screen.findByLabelText("Role: Aline Uwase")) as HTMLSelectElement;
    expect(role.disabled).toBe(true);
    expect(screen.queryByRole("button", { name: "Deactivate: Aline Uwase" })).toBeNull();
  });
});
