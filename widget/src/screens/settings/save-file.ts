/** Fetched with the token (a link could not carry it), then handed to the browser as a file. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url));
}

const KIGALI_DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Africa/Kigali" });

/** `2026-11-25`, in Kigali. */
export const kigaliDay = (at: Date): string => KIGALI_DAY.format(at);
