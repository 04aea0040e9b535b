import { within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { held } from "./office-config.ts";
import { choose, headed, press, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

describe("people", () => {
  const code = { code: "K7QM-4XTP-92WB", expiresAt: "2026-12-02T08:00:00Z" };

  async function inviteDiane(screen: ReturnType<typeof showSettings>["screen"]) {
    await type(screen, "Name", " Diane Keza ");
    await type(screen, "E-mail", "diane@kigalifresh.example");
    await press(screen, "Invite");
  }

  it("are invited with a code that is shown this once", async () => {
    const { office, screen } = showSettings(undefined, "#/people");
    const invited = { ...views.users[2], id: views.id(9), name: "Diane Keza" };
    office.on("POST /users", () => json({ user: invited, invitation: code }, 201));
    await inviteDiane(screen);
    const title = await headed(screen, "Code for Diane Keza");
    await expect.poll(() => document.activeElement).toBe(title);
    screen.getByText("K7QM-4XTP-92WB");
    screen.getByRole("button", { name: "Copy: Code" });
    expect(office.to("POST /users")[0]?.body).toMatchObject({ name: "Diane Keza", role: "business_user" });
    await press(screen, "I have passed it on");
    await expect.poll(() => screen.queryByText("K7QM-4XTP-92WB")).toBeNull();
  });

  it("leave what was typed of the next one while the one before is invited", async () => {
    const { office, screen } = showSettings(undefined, "#/people");
    const answers = held(office, "POST /users");
    await inviteDiane(screen);
    await expect.poll(() => answers.length).toBe(1);
    await type(screen, "Name", "Eric Mugabo");
    const invited = { ...views.users[2], id: views.id(9), name: "Diane Keza" };
    answers[0]?.(json({ user: invited, invitation: code }, 201));
    await headed(screen, "Code for Diane Keza");
    expect((screen.getByLabelText("Name") as HTMLInputElement).value).toBe("Eric Mugabo");
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

  it("and codes of an invitation are kept when the answer to an earlier press comes", async () => {
    const { office, screen } = showSettings(undefined, "#/people");
    const [, eric, grace] = views.users;
    const [deactivated, made] = [Promise.withResolvers<Response>(), Promise.withResolvers<Response>()];
    office.on(`PATCH /users/${eric?.id}`, () => deactivated.promise);
    office.on(`POST /users/${grace?.id}/invitations`, () => made.promise);
    const answers = { user: { ...grace, id: views.id(9), name: "Diane Keza" }, invitation: code };
    office.on("POST /users", () => json(answers, 201));
    await press(screen, "Deactivate: Eric Habimana");
    await inviteDiane(screen);
    await screen.findByRole("button", { name: "Deactivate: Diane Keza" });
    deactivated.resolve(json({ ...eric, status: "inactive" }));
    await screen.findByRole("button", { name: "Activate: Eric Habimana" });
    screen.getByRole("button", { name: "Deactivate: Diane Keza" });
    await press(screen, "I have passed it on");
    await press(screen, "New code: Grace Ingabire");
    await inviteDiane(screen);
    await headed(screen, "Code for Diane Keza");
    made.resolve(json({ ...code, code: "B2CD-5FGH-J6KL" }, 201));
    await screen.findByText("B2CD-5FGH-J6KL");
    screen.getByText("K7QM-4XTP-92WB");
    const region = screen.getByText("K7QM-4XTP-92WB").closest("section") as HTMLElement;
    within(region).getByRole("button", { name: "I have passed it on" }).click();
    await expect.poll(() => screen.queryByText("K7QM-4XTP-92WB")).toBeNull();
    screen.getByText("B2CD-5FGH-J6KL");
  });

  it("are in the list although the answer to their invitation was lost", async () => {
    const { office, screen } = showSettings(undefined, "#/people");
    office.on("POST /users", () => {
      const invited = { ...views.users[2], id: views.id(9), name: "Diane Keza" };
      office.on("GET /users", () => json({ items: [...views.users, invited] }));
      throw new TypeError("Failed to fetch");
    });
    await screen.findByText("Eric Habimana");
    await inviteDiane(screen);
    await screen.findByRole("button", { name: "New code: Diane Keza" });
  });

  it("are shown as they are when the answer to a press was lost", async () => {
    const { office, screen } = showSettings(undefined, "#/people");
    const user = views.users[1];
    office.on(`PATCH /users/${user?.id}`, () => {
      const items = views.users.map((each) =>
        each.id === user?.id ? { ...each, status: "inactive" } : each,
      );
      office.on("GET /users", () => json({ items }));
      throw new TypeError("Failed to fetch");
    });
    await press(screen, "Deactivate: Eric Habimana");
    await screen.findByRole("button", { name: "Activate: Eric Habimana" });
  });

  it("cannot lock themselves out", async () => {
    const { screen } = showSettings(undefined, "#/people");
    const role = (await screen.findByLabelText("Role: Aline Uwase")) as HTMLSelectElement;
    expect(role.disabled).toBe(true);
    expect(screen.queryByRole("button", { name: "Deactivate: Aline Uwase" })).toBeNull();
  });
});
