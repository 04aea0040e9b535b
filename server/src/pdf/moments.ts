/** A device moment (Kigali, yyyymmddhhmmss) as the receipt prints it. */
export function printedMoment(moment: string): { date: string; time: string } {
  const [year, month, day, hour, minute, second] = partsOf(moment);
  return { date: `${day}/${month}/${year}`, time: `${hour}:${minute}:${second}` };
}

/** `2026-07-20` → `20/07/2026`. */
export function printedDay(day: string): string {
  return day.split("-").reverse().join("/");
}

export function instantOf(moment: string): Date {
  const [year, month, day, hour, minute, second] = partsOf(moment);
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+02:00`);
}

function partsOf(moment: string): string[] {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(moment);
  if (!parts) throw new Error(`bug: not a device moment: ${moment}`);
  return parts.slice(1);
}
