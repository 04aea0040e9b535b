import { PASSWORD_LENGTH } from "@fiscalise/shared/api/auth.ts";
import { useSettingsWords } from "../settings-words.ts";
import { fill } from "../words.ts";
import { TextField } from "./text-field.tsx";

const STEPS = 4;

/** A hint only: what is too weak is the server's to say, in its words. */
export function NewPassword(props: {
  label: string;
  value: string;
  complaint: string | undefined;
  onValue: (value: string) => void;
}) {
  const words = useSettingsWords();
  const strength = strengthOf(props.value);
  const word = [words.passwordShort, words.passwordFair, words.passwordGood, words.passwordStrong][
    strength - 1
  ];
  return (
    <TextField
      label={props.label}
      type="password"
      autocomplete="new-password"
      value={props.value}
      required
      valid={props.value.length >= PASSWORD_LENGTH.min}
      maxLength={PASSWORD_LENGTH.max}
      complaint={props.complaint}
      help={
        <>
          <span class={`strength of-${strength}`} aria-hidden="true">
            {Array.from({ length: STEPS }, (_, step) => (
              <span key={step} />
            ))}
          </span>
          <p>{props.value ? word : fill(words.passwordHelp, { count: PASSWORD_LENGTH.min })}</p>
        </>
      }
      onValue={props.onValue}
    />
  );
}

/** 0: nothing typed, 1: too short, then by length and by how many different characters there are. */
function strengthOf(password: string): number {
  if (password === "") return 0;
  if (password.length < PASSWORD_LENGTH.min) return 1;
  const different = new Set(password).size;
  if (different < 6) return 1;
  return password.length >= 16 && different >= 10 ? 4 : password.length >= 13 && different >= 8 ? 3 : 2;
}
