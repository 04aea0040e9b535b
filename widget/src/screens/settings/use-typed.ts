import { useEffect, useState } from "preact/hooks";

const DEBOUNCE_MS = 300;

/** What she typed, once she pauses: not each letter is a question to the server. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(setSettled, DEBOUNCE_MS, value);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
