import { randomBytes } from "node:crypto";

/** Texts that must never be seen where they do not belong, in any form a program might write them. */
export interface Canaries {
  /** A fresh text nobody could write by chance. */
  plant: (kind: string) => string;
  /** One that was made elsewhere. Keys are bytes. */
  add: (kind: string, secret: string | Uint8Array) => void;
  count: () => number;
  /** The kinds found in a text, those of `handedOut` left out. */
  findIn: (text: string, handedOut?: readonly string[]) => string[];
}

const WINDOW = 12;

export function createCanaries(): Canaries {
  const kinds = new Map<string, string>();
  const byWindow = new Map<string, { form: string; secret: string }[]>();
  const add = (kind: string, secret: string | Uint8Array) => {
    const bytes = Buffer.from(secret);
    const name = typeof secret === "string" ? secret : bytes.toString("base64");
    if (kinds.has(name)) return;
    kinds.set(name, kind);
    for (const form of formsOf(bytes, typeof secret === "string")) {
      const window = form.slice(0, WINDOW);
      byWindow.set(window, [...(byWindow.get(window) ?? []), { form, secret: name }]);
    }
  };
  return {
    add,
    plant: (kind) => {
      const secret = `cn${randomBytes(21).toString("base64url")}`;
      add(kind, secret);
      return secret;
    },
    count: () => kinds.size,
    findIn: (text, handedOut = []) => {
      const found = new Set<string>();
      for (let at = 0; at + WINDOW <= text.length; at += 1) {
        for (const { form, secret } of byWindow.get(text.slice(at, at + WINDOW)) ?? [])
          if (text.startsWith(form, at) && !handedOut.includes(secret)) found.add(kinds.get(secret) ?? "");
      }
      return [...found];
    },
  };
}

/** As it is, URL-encoded, in hexadecimal, and in base64 wherever in a longer text it stands. */
function formsOf(bytes: Buffer, isText: boolean): Set<string> {
  const hex = bytes.toString("hex");
  const forms = [hex, hex.toUpperCase()];
  if (isText) {
    const text = bytes.toString();
    forms.push(text, encodeURIComponent(text), new URLSearchParams([["", text]]).toString().slice(1));
  }
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const own = encoded.slice(shift === 0 ? 0 : shift + 1, -1);
    forms.push(own, own.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return new Set(forms.filter((form) => form.length >= WINDOW));
}
