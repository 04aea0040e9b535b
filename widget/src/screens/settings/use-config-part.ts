import type { Config, ConfigRequest } from "@fiscalise/shared/api/config.ts";
import { useState } from "preact/hooks";
import { saveConfig } from "../../api/config.ts";
import type { Trouble } from "../../request.ts";
import { companyDraft } from "./config/company-draft.ts";
import { useSettings } from "./settings-context.ts";
import { useAction } from "./use-action.ts";

export type ConfigPart = { config: Config; onConfig: (config: Config) => void };

type PartSaving = {
  busy: boolean;
  trouble: Trouble | null;
  saved: boolean;
  touch(): void;
  save(part: Partial<ConfigRequest>): Promise<void>;
};

/** Saves one part of the configuration; the rest goes along as it is stored. */
export function useConfigPart({ config, onConfig }: ConfigPart): PartSaving {
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const [saved, setSaved] = useState(false);

  async function save(part: Partial<ConfigRequest>) {
    setSaved(false);
    const { branding, policies, customFields } = config;
    const whole = { company: companyDraft(config), branding, policies, customFields, ...part };
    const after = await run(() => saveConfig(request, whole));
    if (!after) return;
    setSaved(true);
    onConfig(after);
  }
  return { busy, trouble, saved, save, touch: () => setSaved(false) };
}
