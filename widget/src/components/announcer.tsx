import { type ComponentChildren, createContext } from "preact";
import { useContext, useState } from "preact/hooks";

const Announce = createContext<(sentence: string) => void>(() => undefined);

/** Tells screen readers; the region itself never leaves the page, else its first sentence would be lost. */
export const useAnnounce = () => useContext(Announce);

export function Announcer(props: { children: ComponentChildren }) {
  const [sentence, setSentence] = useState("");
  return (
    <Announce.Provider value={setSentence}>
      <div role="status" aria-live="polite" class="visually-hidden">
        {sentence}
      </div>
      {props.children}
    </Announce.Provider>
  );
}
