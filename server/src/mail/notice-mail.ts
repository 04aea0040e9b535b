import { ATTENTION, type AttentionKind } from "@fiscalise/shared/attention.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import { fill } from "@fiscalise/shared/words/fill.ts";
import { NOTICE_WORDS, type NoticeWords } from "@fiscalise/shared/words/notices.ts";
import { en, type SettingsWords } from "@fiscalise/shared/words/settings.ts";
import { fr } from "@fiscalise/shared/words/settings-fr.ts";
import { rw } from "@fiscalise/shared/words/settings-rw.ts";

export interface ToldMatter {
  kind: AttentionKind;
  count: number;
  /** As printed, in the business's time; null: not known. */
  since: string | null;
  /** Numbers of some of its documents. */
  documents: readonly string[];
}

export interface Notice {
  language: Language;
  reader: string;
  business: string;
  /** Where the settings page is; null: the operator did not say. */
  settingsUrl: string | null;
  fresh: readonly ToldMatter[];
  ongoing: readonly ToldMatter[];
  ended: readonly Pick<ToldMatter, "kind" | "count">[];
}

const SETTINGS_WORDS: Readonly<Record<Language, SettingsWords>> = { en, fr, rw };

/** The digest as its reader sees it: no buyer, no amount, no secret; of documents their numbers. */
export function writeNotice(notice: Notice): { subject: string; text: string; html: string } {
  const words = NOTICE_WORDS[notice.language];
  const parts = sections(notice, words);
  const names = { business: notice.business, name: notice.reader };
  const hello = fill(words.hello, names);
  const why = fill(words.why, names);
  const where = notice.settingsUrl ? `${words.open}: ${notice.settingsUrl}` : words.openWithoutLink;
  const text = [
    hello,
    ...parts.map(({ title, entries }) => `${title}\n${entries.map(entryText).join("\n")}`),
    where,
    why,
  ].join("\n\n");
  const html = [
    '<!doctype html><html><body style="font-family:sans-serif;font-size:14px;line-height:1.5">',
    `<p>${escaped(hello)}</p>`,
    ...parts.map(
      ({ title, entries }) => `<h3>${escaped(title)}</h3><ul>${entries.map(entryHtml).join("")}</ul>`,
    ),
    notice.settingsUrl
      ? `<p><a href="${escaped(notice.settingsUrl)}">${escaped(words.open)}</a></p>`
      : `<p>${escaped(words.openWithoutLink)}</p>`,
    `<p style="color:#666;font-size:12px">${escaped(why)}</p></body></html>`,
  ].join("\n");
  return { subject: fill(words.subject, names), text: `${text}\n`, html };
}

interface Entry {
  head: string;
  rest: string;
}

function sections(notice: Notice, words: NoticeWords): { title: string; entries: Entry[] }[] {
  const settings = SETTINGS_WORDS[notice.language];
  const headOf = ({ kind, count }: Pick<ToldMatter, "kind" | "count">) =>
    fill(settings[ATTENTION[kind].title], { count: String(count) });
  const entryOf = (matter: ToldMatter): Entry => ({
    head: `${headOf(matter)}${documentsOf(matter, words)}`,
    rest: [
      settings[ATTENTION[matter.kind].text],
      matter.since === null ? null : fill(words.since, { time: matter.since }),
    ]
      .filter((part) => part !== null)
      .join(" "),
  });
  return [
    { title: words.fresh, entries: notice.fresh.map(entryOf) },
    { title: words.ongoing, entries: notice.ongoing.map(entryOf) },
    { title: words.ended, entries: notice.ended.map((each) => ({ head: headOf(each), rest: "" })) },
  ].filter(({ entries }) => entries.length > 0);
}

function documentsOf({ documents, count }: ToldMatter, words: NoticeWords): string {
  if (documents.length === 0) return "";
  const more = count - documents.length;
  const named = documents.join(", ");
  return ` (${more > 0 ? `${named} ${fill(words.more, { count: String(more) })}` : named})`;
}

function entryText({ head, rest }: Entry): string {
  return rest === "" ? `- ${head}` : `- ${head}\n  ${rest}`;
}

function entryHtml({ head, rest }: Entry): string {
  const text = rest === "" ? "" : `<br>${escaped(rest)}`;
  return `<li><strong>${escaped(head)}</strong>${text}</li>`;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
