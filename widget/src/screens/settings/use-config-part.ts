import type { Config, ConfigChange } from "@fiscalise/shared/api/config.ts";
import { changeConfig } from "../../api/config.ts";
import { changeBetween, withAnswered } from "./config/config-change.ts";
import { useSettings } from "./settings-context.ts";
import { useDraft } from "./use-draft.ts";

export type ConfigPart = {
  config: Config;
  onConfig: (change: (now: Config) => Config) => void;
  /** A change was sent and no yes came: what is kept is read anew. */
  onUnheard: () => void;
};

/** Saves of one part of the configuration what was changed in its form; the rest is another's. */
export function useConfigPart<Draft extends object>(
  { onConfig, onUnheard }: ConfigPart,
  { first, partOf }: { first: () => Draft; partOf: (draft: Draft) => ConfigChange },
) {
  const { request } = useSettings();
  const { save, ...saving } = useDraft(first, { onUnheard });
  return {
    ...saving,
    async save() {
      let change: ConfigChange = {};
      const answer = await save((sent, before) => {
        change = changeBetween(before.map(partOf), partOf(sent));
        return changeConfig(request, change);
      });
      if (answer) onConfig((now) => withAnswered(now, change, answer));
      return answer;
    },
  };
}
