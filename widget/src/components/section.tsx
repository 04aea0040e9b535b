import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** One subject of a page, with its title, what it is for, and its action at the side. */
export function Section(props: {
  title: string;
  text?: string;
  side?: ComponentChildren;
  class?: string;
  children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class={`card ${props.class ?? ""}`} aria-labelledby={id}>
      <header class="card-head">
        <div>
          <h2 id={id}>{props.title}</h2>
          {props.text && <p class="help">{props.text}</p>}
        </div>
        {props.side}
      </header>
      {props.children}
    </section>
  );
}

/** The page's own title; takes the focus when a link led here. */
export function PageHead(props: { title: string; text?: string; side?: ComponentChildren }) {
  return (
    <header class="page-head">
      <div>
        <h1 tabIndex={-1}>{props.title}</h1>
        {props.text && <p class="help">{props.text}</p>}
      </div>
      {props.side}
    </header>
  );
}

/** Teaches what comes here, instead of decorating. */
export const Empty = (props: { children: ComponentChildren }) => <p class="empty">{props.children}</p>;
