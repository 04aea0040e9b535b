import { useEffect, useState } from "preact/hooks";
import { searchItemClasses } from "../../../api/mappings.ts";
import { type Choice, Combobox } from "../../../components/combobox.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import type { Trouble } from "../../../request.ts";
import { useSettings } from "../settings-context.ts";
import { useSettled } from "../use-typed.ts";

/** Searches the authority's official classes as she types: by the code's first digits or words of the name. */
export function ClassSearch(props: {
  label: string;
  onChoose: (choice: Choice) => void;
  onCancel?: () => void;
  /** What was chosen before is being saved: nothing to choose until then. */
  busy?: boolean;
  focused?: boolean;
}) {
  const { request } = useSettings();
  const [text, setText] = useState("");
  const [choices, setChoices] = useState<readonly Choice[] | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const settled = useSettled(text.trim());

  useEffect(() => {
    if (settled === "") return setChoices(null);
    const controller = new AbortController();
    void searchItemClasses(request, settled, controller.signal).then((reply) => {
      if (controller.signal.aborted) return;
      setTrouble(reply.status === "ok" ? null : reply);
      setChoices(reply.status === "ok" ? reply.value.items : null);
    });
    return () => controller.abort();
  }, [settled]);
  return (
    <>
      <Combobox
        label={props.label}
        text={text}
        choices={settled === text.trim() && !props.busy ? choices : null}
        onText={setText}
        onChoose={(choice) => {
          setText("");
          props.onChoose(choice);
        }}
        focused={props.focused ?? false}
        {...(props.onCancel ? { onCancel: props.onCancel } : {})}
      />
      <TroubleNotice trouble={trouble} />
    </>
  );
}
