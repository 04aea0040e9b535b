import { en } from "@fiscalise/shared/words/screens.ts";
import { fr } from "@fiscalise/shared/words/screens-fr.ts";
import { rw } from "@fiscalise/shared/words/screens-rw.ts";
import { en as settings } from "@fiscalise/shared/words/settings.ts";
import { en as bulk } from "@fiscalise/shared/words/settings-bulk.ts";
import { fr as bulkFr } from "@fiscalise/shared/words/settings-bulk-fr.ts";
import { rw as bulkRw } from "@fiscalise/shared/words/settings-bulk-rw.ts";
import { fr as settingsFr } from "@fiscalise/shared/words/settings-fr.ts";
import { en as office } from "@fiscalise/shared/words/settings-office.ts";
import { fr as officeFr } from "@fiscalise/shared/words/settings-office-fr.ts";
import { rw as officeRw } from "@fiscalise/shared/words/settings-office-rw.ts";
import { en as reconciliation } from "@fiscalise/shared/words/settings-reconciliation.ts";
import { fr as reconciliationFr } from "@fiscalise/shared/words/settings-reconciliation-fr.ts";
import { rw as reconciliationRw } from "@fiscalise/shared/words/settings-reconciliation-rw.ts";
import { en as reports } from "@fiscalise/shared/words/settings-reports.ts";
import { fr as reportsFr } from "@fiscalise/shared/words/settings-reports-fr.ts";
import { rw as reportsRw } from "@fiscalise/shared/words/settings-reports-rw.ts";
import { en as restored } from "@fiscalise/shared/words/settings-restored.ts";
import { fr as restoredFr } from "@fiscalise/shared/words/settings-restored-fr.ts";
import { rw as restoredRw } from "@fiscalise/shared/words/settings-restored-rw.ts";
import { rw as settingsRw } from "@fiscalise/shared/words/settings-rw.ts";
import { describe, expect, it } from "vitest";

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();

const FILES: [string, Record<string, string>, Record<string, string>][] = [
  ["screens, fr", en, fr],
  ["screens, rw", en, rw],
  ["settings, fr", settings, settingsFr],
  ["settings, rw", settings, settingsRw],
  ["office, fr", office, officeFr],
  ["office, rw", office, officeRw],
  ["bulk, fr", bulk, bulkFr],
  ["bulk, rw", bulk, bulkRw],
  ["reconciliation, fr", reconciliation, reconciliationFr],
  ["reconciliation, rw", reconciliation, reconciliationRw],
  ["reports, fr", reports, reportsFr],
  ["reports, rw", reports, reportsRw],
  ["restored, fr", restored, restoredFr],
  ["restored, rw", restored, restoredRw],
];

describe.each(FILES)("words of %s", (_, english, words) => {
  it.each(Object.entries(english))("%s: is there with the same placeholders", (key, sentence) => {
    const text = words[key] ?? "";
    expect(text.trim()).not.toBe("");
    expect(placeholders(text)).toEqual(placeholders(sentence));
  });
});

it("no word of the settings hides another", () => {
  const keys = [settings, office, bulk, reports].flatMap((words) => Object.keys(words));
  expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
});
