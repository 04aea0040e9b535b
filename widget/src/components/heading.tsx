import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useAnnounce } from "./announcer.tsx";
import { Icon, type IconName } from "./icon.tsx";

export type Tone = "accent" | "good" | "warn" | "bad" | "quiet";

/** The state at a glance: word, colour and shape. */
export function Heading(props: {
  tone: Tone;
  icon: IconName;
  title: string;
  busy?: boolean;
  children?: ComponentChildren;
}) {
  const title = useRef<HTMLHeadingElement>(null);
  const announce = useAnnounce();
  useEffect(() => {
    announce(props.title);
    // The button she pressed is gone with its state: put the focus on what came of it.
    if (document.hasFocus() && document.activeElement === document.body)
      title.current?.focus({ preventScroll: true });
  }, [props.title]);
  return (
    <header class={`heading ${props.tone}${props.busy ? " busy" : ""}`}>
      <span class="badge">
        <Icon name={props.icon} />
      </span>
      <div>
        <h1 ref={title} tabIndex={-1}>
          {props.title}
        </h1>
        {props.children}
      </div>
    </header>
  );
}
