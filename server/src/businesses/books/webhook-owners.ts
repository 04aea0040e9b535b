import type { AtGate, BusinessId } from "../../db/with-business.ts";
import { businessOfWebhook } from "../../db/zoho-automation.ts";

export interface WebhookOwners {
  /** Whose webhook has a token of this hash, or had when it was last asked; null for nobody's. */
  find: (tokenSha256: string) => Promise<BusinessId | null>;
  forget: (tokenSha256: string) => void;
}

const KNOWN_MAX = 10_000;

/** Saves each delivery a transaction. Only tokens that are somebody's are remembered; the business's row decides again. */
export function createWebhookOwners(atGate: AtGate): WebhookOwners {
  const known = new Map<string, BusinessId>();
  return {
    find: async (tokenSha256) => {
      const remembered = known.get(tokenSha256);
      if (remembered) return remembered;
      const found = await atGate((tx) => businessOfWebhook(tx, tokenSha256));
      if (known.size >= KNOWN_MAX) known.clear();
      if (found !== null) known.set(tokenSha256, found);
      return found;
    },
    forget: (tokenSha256) => void known.delete(tokenSha256),
  };
}
