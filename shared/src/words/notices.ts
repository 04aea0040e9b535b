import type { Language } from "../problem.ts";

/** What a notice by e-mail says around what needs a person; that itself is in the settings page's words. */
export interface NoticeWords {
  subject: string;
  hello: string;
  fresh: string;
  ongoing: string;
  ended: string;
  since: string;
  more: string;
  open: string;
  openWithoutLink: string;
  why: string;
}

export const NOTICE_WORDS: Readonly<Record<Language, NoticeWords>> = {
  en: {
    subject: "{business}: something needs you",
    hello: "Hello {name},",
    fresh: "New",
    ongoing: "Still open",
    ended: "All is well again",
    since: "Since {time}.",
    more: "and {count} more",
    open: "Open Fiscalise",
    openWithoutLink: "You find it in Zoho Books, under Settings, Fiscalise.",
    why: "You get this as an administrator of {business}. You can switch it off in Fiscalise, under My account.",
  },
  fr: {
    subject: "{business} : votre attention est requise",
    hello: "Bonjour {name},",
    fresh: "Nouveau",
    ongoing: "Toujours ouvert",
    ended: "Tout est rentré dans l'ordre",
    since: "Depuis le {time}.",
    more: "et {count} de plus",
    open: "Ouvrir Fiscalise",
    openWithoutLink: "Vous le trouvez dans Zoho Books, sous Paramètres, Fiscalise.",
    why: "Vous recevez ceci comme administrateur de {business}. Vous pouvez l'arrêter dans Fiscalise, sous Mon compte.",
  },
  rw: {
    subject: "{business}: hari ibikeneye ko ubireba",
    hello: "Muraho {name},",
    fresh: "Ibishya",
    ongoing: "Ibitarakemuka",
    ended: "Byongeye kugenda neza",
    since: "Kuva {time}.",
    more: "n'izindi {count}",
    open: "Fungura Fiscalise",
    openWithoutLink: "Ubisanga muri Zoho Books, ahanditse Settings, Fiscalise.",
    why: "Ubu butumwa wabuhawe nk'umuyobozi wa {business}. Ushobora kubuhagarika muri Fiscalise, ahanditse Konti yanjye.",
  },
};
