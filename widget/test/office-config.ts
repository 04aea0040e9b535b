import type { Config, ConfigChange } from "@fiscalise/shared/api/config.ts";
import type { FakeOffice } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

/** As the server does: what is left out stays. */
export function changed(stored: Config, body: unknown): Config {
  const { company, branding, policies, customFields } = body as ConfigChange;
  const classes = { ...stored.policies.defaultItemClasses, ...policies?.defaultItemClasses };
  return {
    ...stored,
    company: { ...stored.company, ...company },
    branding: { ...stored.branding, ...branding },
    policies: { ...stored.policies, ...policies, defaultItemClasses: classes },
    customFields: { ...stored.customFields, ...customFields },
  } as Config;
}

/** An office that stores what it is sent; gives what it has. */
export function keepsConfig(office: FakeOffice): () => Config {
  let stored = views.config;
  office.on("GET /config", () => json(stored));
  office.on("PATCH /config", ({ body }) => {
    stored = changed(stored, body);
    return json(stored);
  });
  return () => stored;
}

/** Answers when the test says so, and in its order. */
export function held(office: FakeOffice, name: string): ((answer: Response) => void)[] {
  const answers: ((answer: Response) => void)[] = [];
  office.on(name, () => new Promise((answer) => answers.push(answer)));
  return answers;
}
