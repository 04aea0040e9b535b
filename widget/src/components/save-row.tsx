import type { Trouble } from "../request.ts";
import { useSettingsWords } from "../settings-words.ts";
import { Saved } from "./saved.tsx";
import { TroubleNotice } from "./trouble-notice.tsx";

export function SaveRow(props: { busy: boolean; saved: boolean; trouble: Trouble | null }) {
  const words = useSettingsWords();
  return (
    <>
      <TroubleNotice trouble={props.trouble} />
      <div class="form-end">
        <button type="submit" class="primary narrow" disabled={props.busy}>
          {words.save}
        </button>
        <Saved shown={props.saved} />
      </div>
    </>
  );
}
