let issued = 0;

/** An id of Zoho's form that was never given before: time, then a count of this process. */
export function newId(now: Date): string {
  issued = (issued + 1) % 1000;
  return `48${String(now.getTime()).padStart(14, "0")}${String(issued).padStart(3, "0")}`;
}
