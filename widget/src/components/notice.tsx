import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

export function Notice(props: { tone: "warn" | "bad"; title?: string; children: ComponentChildren }) {
  return (
    <section class={`notice ${props.tone}`} role="alert">
      <Icon name="warning" />
      <div>
        {props.title && <h2>{props.title}</h2>}
        {props.children}
      </div>
    </section>
  );
}
