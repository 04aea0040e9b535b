import { type ComponentChildren, createContext } from "preact";
import { useContext, useState } from "preact/hooks";

const Tried = createContext(false);
/** She pressed the button: fields she never visited say now what they miss. */
export const useTried = () => useContext(Tried);

/** Sends only what is well-formed, and else puts the cursor where it is not. */
export function Form(props: {
  label: string;
  class?: string;
  onSend: () => void;
  children: ComponentChildren;
}) {
  const [tried, setTried] = useState(false);

  function send(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const wrong = event.currentTarget.querySelector<HTMLElement>("[data-valid=false]");
    setTried(wrong !== null);
    if (wrong) return wrong.focus();
    props.onSend();
  }
  return (
    <form class={props.class ?? "form"} aria-label={props.label} noValidate onSubmit={send}>
      <Tried.Provider value={tried}>{props.children}</Tried.Provider>
    </form>
  );
}
