import type { Config } from "@fiscalise/shared/api/config.ts";
import { useId, useState } from "preact/hooks";
import { removeLogo, saveLogo } from "../../../api/setup.ts";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import type { ConfigPart } from "../use-config-part.ts";

const BYTES_MAX = 1_048_576;

export function LogoField(props: { config: Config; onConfig: ConfigPart["onConfig"] }) {
  const words = useSettingsWords();
  const id = useId();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const [tooLarge, setTooLarge] = useState(false);
  const { config, onConfig } = props;

  async function upload(input: HTMLInputElement) {
    const picture = input.files?.[0];
    input.value = "";
    if (!picture) return;
    setTooLarge(picture.size > BYTES_MAX);
    if (picture.size > BYTES_MAX) return;
    const saved = await run(() => saveLogo(request, picture));
    if (saved) onConfig((now) => ({ ...now, logoSha256: saved.logoSha256 }));
  }
  async function remove() {
    setTooLarge(false);
    if (await run(() => removeLogo(request))) onConfig((now) => ({ ...now, logoSha256: null }));
  }
  return (
    <div class="field">
      <label for={id}>{words.logo}</label>
      <div>
        <div class="file">
          <input
            id={id}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            disabled={busy}
            aria-describedby={`${id}-help`}
            onChange={(event) => void upload(event.currentTarget)}
          />
          {config.logoSha256 && (
            <button type="button" class="link" disabled={busy} onClick={() => void remove()}>
              {words.removeLogo}
            </button>
          )}
        </div>
        <div id={`${id}-help`} class="help">
          {tooLarge && <p class="wrong">{words.logoTooLarge}</p>}
          <p>{words.logoHelp}</p>
        </div>
        <TroubleNotice trouble={trouble} />
      </div>
    </div>
  );
}
