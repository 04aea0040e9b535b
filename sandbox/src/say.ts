/** A line for whoever started the program at a terminal. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
