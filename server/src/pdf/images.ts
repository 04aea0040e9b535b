import type { Paper } from "./paper.ts";

/** pdfkit's own picture object: its types know only paths and bytes. */
interface Picture {
  embed(pdf: PDFKit.PDFDocument): void;
  finalize?: () => void;
}
interface PictureOpener {
  openImage(bytes: Buffer): Picture;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  align: "left" | "right" | "center";
}

/** Fits the picture into the box, whatever its shape. */
export async function drawImage(paper: Paper, image: Uint8Array, box: Box): Promise<void> {
  const picture = await embedImage(paper, image);
  paper.pdf.image(picture as unknown as Buffer, box.x, box.y, {
    fit: [box.width, box.height],
    align: box.align === "left" ? undefined : box.align,
    valign: "center",
  });
}

/**
 * pdfkit inflates a transparent PNG on the thread pool and writes it whenever it is done; waiting for each
 * keeps the order of objects, and so the bytes, the same.
 */
function embedImage({ pdf }: Paper, image: Uint8Array): Promise<Picture> {
  // A string would be taken for a path or a URL to read: only bytes pass.
  if (!(image instanceof Uint8Array)) throw new TypeError("a logo is given as bytes");
  const picture = (pdf as unknown as PictureOpener).openImage(Buffer.from(image));
  return new Promise((resolve) => {
    const finalize = picture.finalize?.bind(picture);
    if (finalize) {
      picture.finalize = () => {
        finalize();
        resolve(picture);
      };
    }
    picture.embed(pdf);
    if (!finalize) resolve(picture);
  });
}
