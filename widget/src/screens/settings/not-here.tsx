import { Heading } from "../../components/heading.tsx";
import { useSettingsWords } from "../../settings-words.ts";

export function BusinessInactive(props: { onSignOut: () => void }) {
  const words = useSettingsWords();
  return <Sentence {...props} title={words.inactiveTitle} text={words.inactiveText} />;
}

/** A super admin works on the command line: there is nothing of a business to see. */
export function NoBusiness(props: { onSignOut: () => void }) {
  const words = useSettingsWords();
  return <Sentence {...props} title={words.noBusinessTitle} text={words.noBusinessText} />;
}

function Sentence(props: { title: string; text: string; onSignOut: () => void }) {
  const words = useSettingsWords();
  return (
    <>
      <Heading tone="quiet" icon="plug" title={props.title}>
        <p>{props.text}</p>
      </Heading>
      <button type="button" class="secondary" onClick={props.onSignOut}>
        {words.signOut}
      </button>
    </>
  );
}
