import type { Me } from "@fiscalise/shared/api/auth.ts";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Request } from "../../request.ts";

export type Settings = {
  request: Request;
  /** The server that is asked. */
  apiUrl: string;
  me: Me;
  isAdmin: boolean;
  /** Whose books the page around this one shows; null where it does not say. */
  organizationId(): Promise<string | null>;
  /** Who signed in changed a name or the language. */
  onMe(me: Me): void;
  onSignOut(): void;
};

const Context = createContext<Settings | null>(null);
export const SettingsProvider = Context.Provider;

export function useSettings(): Settings {
  const settings = useContext(Context);
  if (!settings) throw new Error("bug: a section before somebody signed in");
  return settings;
}
