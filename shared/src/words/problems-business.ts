import type { Language, ProblemCode } from "../problem.ts";
import type { ProblemWords } from "./words-of.ts";

/** Problems with what a business gives Fiscalise about itself. */
export const BUSINESS_PROBLEMS = {
  "logo-invalid": {
    en: {
      title: "This file cannot be used as the logo",
      detail:
        "It is not a PNG, JPEG, WebP or GIF picture, it is damaged, or it is too large. The logo on your receipts has not changed.",
      remedy:
        "Choose a PNG or JPEG picture of up to 1 MB and at most 4096 × 4096 pixels. If you only have another kind of file (SVG, PDF, HEIC), export it as PNG first.",
    },
    fr: {
      title: "Ce fichier ne peut pas servir de logo",
      detail:
        "Ce n'est pas une image PNG, JPEG, WebP ou GIF, elle est endommagée, ou elle est trop grande. Le logo de vos reçus n'a pas changé.",
      remedy:
        "Choisissez une image PNG ou JPEG de 1 Mo au plus et de 4096 × 4096 pixels au maximum. Si vous n'avez qu'un autre type de fichier (SVG, PDF, HEIC), exportez-le d'abord en PNG.",
    },
    rw: {
      title: "Iyi dosiye ntishobora kuba ikirango",
      detail:
        "Si ishusho ya PNG, JPEG, WebP cyangwa GIF, yarangiritse, cyangwa ni nini cyane. Ikirango kiri ku nyemezabuguzi zawe nticyahindutse.",
      remedy:
        "Hitamo ishusho ya PNG cyangwa JPEG itarengeje MB 1 na pigiseli 4096 × 4096. Niba ufite gusa dosiye y'ubundi bwoko (SVG, PDF, HEIC), banza uyihinduremo PNG.",
    },
  },
} as const satisfies Partial<Record<ProblemCode, Record<Language, ProblemWords>>>;
