import type { Stats } from "@fiscalise/shared/api/figures.ts";
import { type AllSettingsWords, useSettingsWords } from "../settings-words.ts";
import { clockTime, fill, useWords } from "../words.ts";
import { Icon } from "./icon.tsx";

type Matter = Stats["attention"][number];

/** Most urgent first, each with the one right action; what only an administrator can do says so. */
export function AttentionList(props: { attention: readonly Matter[]; isAdmin: boolean }) {
  const words = useSettingsWords();
  const { since } = useWords();
  if (props.attention.length === 0) {
    return (
      <p class="all-well">
        <Icon name="check" /> {words.allWell}
      </p>
    );
  }
  return (
    <section class="attention" aria-label={words.attention}>
      <h2>{words.attention}</h2>
      <ul>
        {props.attention.map((matter) => {
          const { title, text, action, href, admin } = saying(matter, words);
          return (
            <li key={matter.kind}>
              <Icon name="warning" />
              <div>
                <h3>{title}</h3>
                <p>
                  {text} {matter.since && fill(since, { time: clockTime(matter.since) })}
                </p>
              </div>
              {admin && !props.isAdmin ? (
                <p class="minor">{words.adminDoes}</p>
              ) : (
                <a class="secondary narrow" href={href}>
                  {action}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type Saying = { title: string; text: string; action: string; href: string; admin: boolean };

function saying({ kind, count }: Matter, words: AllSettingsWords): Saying {
  const setUp = { action: words.continueSetUp, href: "#/set-up", admin: true };
  const documents = (state: string) => ({
    action: words.showDocuments,
    href: `#/documents?state=${state}`,
    admin: false,
  });
  switch (kind) {
    case "company-not-confirmed":
      return { title: words.attCompany, text: words.attCompanyText, ...setUp };
    case "device-not-set-up":
      return { title: words.attDevice, text: words.attDeviceText, ...setUp };
    case "zoho-not-connected":
      return { title: words.attZoho, text: words.attZohoText, ...setUp };
    case "zoho-grant-lost":
      return { title: words.attGrant, text: words.attGrantText, ...setUp, action: words.zohoReconnect };
    case "default-classes-missing": {
      const link = { action: words.chooseClasses, href: "#/settings", admin: true };
      return { title: words.attClasses, text: words.attClassesText, ...link };
    }
    case "device-not-answering": {
      const link = { action: words.checkDevice, href: "#/settings", admin: true };
      return { title: words.attSilent, text: words.attSilentText, ...link };
    }
    case "receipt-missing":
      return {
        title: fill(words.attMissing, { count }),
        text: words.attMissingText,
        ...documents("receipt-missing"),
      };
    case "rejected":
      return {
        title: fill(words.attRejected, { count }),
        text: words.attRejectedText,
        ...documents("rejected"),
      };
    case "unknown-long":
      return {
        title: fill(words.attUnknown, { count }),
        text: words.attUnknownText,
        ...documents("unknown"),
      };
  }
}
