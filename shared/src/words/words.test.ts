// biome-ignore lint/style/noRestrictedImports: only this test reads a file; nothing that ships does.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AUDIT_ACTIONS, type AuditAction } from "../audit-actions.ts";
import { DEVICE_FINDING_CODES, type DeviceFinding, TLS_TROUBLES } from "../device-finding.ts";
import { LANGUAGES, PROBLEM_CODES } from "../problem.ts";
import { DIFFERENCE_KINDS } from "../reconciliation.ts";
import { en as AUDIT_EN } from "./audit-actions.ts";
import { fr as AUDIT_FR } from "./audit-actions-fr.ts";
import { rw as AUDIT_RW } from "./audit-actions-rw.ts";
import { DEVICE_ANSWER_WORDS, UNLISTED_ANSWER_WORDS } from "./device-answers.ts";
import { DEVICE_FINDING_WORDS, wordsOfFinding } from "./device-findings.ts";
import { DIFFERENCE_WORDS } from "./differences.ts";
import { PROBLEM_WORDS } from "./problems.ts";
import { AMOUNT_PROBLEMS } from "./problems-amounts.ts";
import { BUSINESS_PROBLEMS } from "./problems-business.ts";
import { CONSENT_PROBLEMS } from "./problems-consent.ts";
import { DEVICE_PROBLEMS } from "./problems-device.ts";
import { DOCUMENT_PROBLEMS } from "./problems-document.ts";
import { REFUND_PROBLEMS } from "./problems-refund.ts";
import { SIGN_IN_PROBLEMS } from "./problems-sign-in.ts";
import { SYSTEM_PROBLEMS } from "./problems-system.ts";
import { ZOHO_PROBLEMS } from "./problems-zoho.ts";

/** The Rwandan VSDC's result codes, ascending. */
const RESULT_CODES = (
  "000 001 603 881 882 883 884 891 892 893 894 895 896 899 900 901 902 903 " +
  "910 911 912 913 921 922 924 990 991 992 993 994 995 999"
).split(" ");

const ERRORS_PAGE = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");

function expectSentences(text: string) {
  expect(text).toMatch(/^\S.*[.?]$/u);
  expectOneLine(text);
}

function expectOneLine(text: string) {
  expect(text).not.toMatch(/\s\s|[\n\t{}’]|undefined/u);
  expect(text).toBe(text.trim());
}

describe("problem words", () => {
  it.each(PROBLEM_CODES)("%s says what, why and what to do in every language", (code) => {
    for (const language of LANGUAGES) {
      const { title, detail, remedy } = PROBLEM_WORDS[code][language];
      expect(title).toMatch(/^\p{Lu}.*[^.?!]$/u);
      expect(title.length).toBeLessThanOrEqual(60);
      expectOneLine(title);
      expectSentences(detail);
      expectSentences(remedy);
    }
  });

  it.each(PROBLEM_CODES)("%s is translated, not copied", (code) => {
    const { en, fr, rw } = PROBLEM_WORDS[code];
    for (const key of ["title", "detail", "remedy"] as const) {
      expect(new Set([en[key], fr[key], rw[key]]).size).toBe(3);
    }
  });

  it("has each code in one theme only, and no title twice in a language", () => {
    const themes = [
      DOCUMENT_PROBLEMS,
      AMOUNT_PROBLEMS,
      REFUND_PROBLEMS,
      ZOHO_PROBLEMS,
      CONSENT_PROBLEMS,
      DEVICE_PROBLEMS,
      BUSINESS_PROBLEMS,
      SIGN_IN_PROBLEMS,
      SYSTEM_PROBLEMS,
    ];
    const codes = themes.flatMap((theme) => Object.keys(theme));
    expect(codes.toSorted()).toEqual([...PROBLEM_CODES].toSorted());
    for (const language of LANGUAGES) {
      const titles = PROBLEM_CODES.map((code) => PROBLEM_WORDS[code][language].title);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });
});

describe("device answer words", () => {
  it("covers exactly the Rwandan result codes", () => {
    expect(Object.keys(DEVICE_ANSWER_WORDS).toSorted()).toEqual(RESULT_CODES);
  });

  it.each(Object.entries({ ...DEVICE_ANSWER_WORDS, unlisted: UNLISTED_ANSWER_WORDS }))(
    "%s says what it means and what to do in every language",
    (_, words) => {
      for (const language of LANGUAGES) {
        expectSentences(words[language].meaning);
        expectSentences(words[language].remedy);
      }
      expect(new Set(LANGUAGES.map((language) => words[language].meaning)).size).toBe(3);
      expect(new Set(LANGUAGES.map((language) => words[language].remedy)).size).toBe(3);
    },
  );

  it.each([
    ["en", /(new|next|another|different) (invoice )?number/iu],
    ["fr", /(nouveau|autre|prochain) numéro/iu],
    ["rw", /(indi nimero|nimero nshya|nimero ikurikira)/iu],
  ] as const)("never sends anybody to another number (%s)", (language, suggestion) => {
    for (const words of [...Object.values(DEVICE_ANSWER_WORDS), UNLISTED_ANSWER_WORDS]) {
      expect(words[language].remedy).not.toMatch(suggestion);
    }
  });
});

describe("device finding words", () => {
  it.each(DEVICE_FINDING_CODES)("%s says what, why and what to do in every language", (code) => {
    const words = DEVICE_FINDING_WORDS[code];
    for (const language of LANGUAGES) {
      const { title, meaning, remedy } = words[language];
      expect(title).toMatch(/^\p{Lu}.*[^.?!]$/u);
      expect(title.length).toBeLessThanOrEqual(60);
      expectOneLine(title);
      expectSentences(meaning);
      expectSentences(remedy);
    }
    for (const key of ["title", "meaning", "remedy"] as const) {
      expect(new Set(LANGUAGES.map((language) => words[language][key])).size).toBe(3);
    }
  });

  it("has no title twice in a language", () => {
    for (const language of LANGUAGES) {
      const titles = DEVICE_FINDING_CODES.map((code) => DEVICE_FINDING_WORDS[code][language].title);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  it.each(TLS_TROUBLES)("tells the trouble %s of TLS apart, under one title", (trouble) => {
    const finding: DeviceFinding = { code: "tls-failed", trouble };
    for (const language of LANGUAGES) {
      const { title, meaning, remedy } = wordsOfFinding(finding, language);
      expect(title).toBe(DEVICE_FINDING_WORDS["tls-failed"][language].title);
      expectSentences(meaning);
      expectSentences(remedy);
      const others = TLS_TROUBLES.filter((other) => other !== trouble);
      for (const other of others) {
        expect(wordsOfFinding({ code: "tls-failed", trouble: other }, language).meaning).not.toBe(meaning);
      }
    }
  });
});

describe("difference words", () => {
  it.each(DIFFERENCE_KINDS)("%s says what, why and what to do in every language", (kind) => {
    const words = DIFFERENCE_WORDS[kind];
    for (const language of LANGUAGES) {
      const { title, detail, remedy } = words[language];
      expect(title).toMatch(/^\p{Lu}.*[^.?!]$/u);
      expect(title.length).toBeLessThanOrEqual(60);
      expectOneLine(title);
      expectSentences(detail);
      expectSentences(remedy);
    }
    for (const key of ["title", "detail", "remedy"] as const) {
      expect(new Set(LANGUAGES.map((language) => words[language][key])).size).toBe(3);
    }
  });
});

describe("the audit's words", () => {
  it("name every action, no two alike in a language", () => {
    for (const words of [AUDIT_EN, AUDIT_FR, AUDIT_RW]) {
      const named = AUDIT_ACTIONS.map((action) => words[action]);
      expect(new Set(named).size).toBe(AUDIT_ACTIONS.length);
      for (const name of named) expect(name).toMatch(/^\p{Lu}.{3,58}[^.?!]$/u);
    }
    for (const action of AUDIT_ACTIONS) {
      expect(new Set([AUDIT_EN[action], AUDIT_FR[action], AUDIT_RW[action]]).size).toBe(3);
    }
  });

  it.each<[string, RegExp[], AuditAction[]]>([
    [
      "a lost number",
      [/lost number/i, /numéro perdu/i, /nimero yabuze/i],
      ["lost-number-confirmed", "lost-number-of-another-till", "submission-found-again"],
    ],
    // What is accepted may wait for days, and be withdrawn, before a device hears of it.
    [
      "what a device was given",
      [/handed over|sent to/i, /remis|envoyé à/i, /yahawe imashini|yoherejwe/i],
      [],
    ],
    [
      "a document taken back",
      [/document (taken back|withdrawn)/i, /document retiré/i, /inyandiko yakuwe/i],
      ["submission-under-anothers-number", "submission-withdrawn"],
    ],
    [
      "a bulk check",
      [/bulk check/i, /vérification d/i, /igenzura ry/i],
      ["bulk-run-checked", "bulk-run-created"],
    ],
  ])("speak of %s where it is one, in every language", (_what, patterns, about) => {
    for (const [index, words] of [AUDIT_EN, AUDIT_FR, AUDIT_RW].entries()) {
      const speaking = AUDIT_ACTIONS.filter((action) => patterns[index]?.test(words[action]));
      expect(speaking).toEqual(about);
    }
  });
});

describe("docs/errors.md", () => {
  const sections = ERRORS_PAGE.split(/^## /mu).slice(1);

  it("has one section per problem code and no other", () => {
    const headings = sections.map((section) => section.slice(0, section.indexOf("\n")));
    expect(headings).toEqual([...PROBLEM_CODES]);
  });

  it.each(PROBLEM_CODES)("quotes the title a user sees for %s", (code) => {
    const section = sections.find((candidate) => candidate.startsWith(`${code}\n`));
    expect(section).toContain(`“${PROBLEM_WORDS[code].en.title}”`);
  });
});
