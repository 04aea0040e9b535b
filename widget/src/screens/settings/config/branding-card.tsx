import { Form } from "../../../components/form.tsx";
import { ReceiptHead } from "../../../components/receipt-head.tsx";
import { SaveRow } from "../../../components/save-row.tsx";
import { Section } from "../../../components/section.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { type ConfigPart, useConfigPart } from "../use-config-part.ts";
import { companyDraft } from "./company-draft.ts";
import { LogoField } from "./logo-field.tsx";
import { useLogo } from "./use-logo.ts";

const LINES = 3;
const LINE_MAX = 60;
const MESSAGE_MAX = 20;

const threeOf = (lines: readonly string[]) => Array.from({ length: LINES }, (_, place) => lines[place] ?? "");
const written = (lines: readonly string[]) => lines.map((line) => line.trim()).filter(Boolean);

export function BrandingCard(props: ConfigPart) {
  const words = useSettingsWords();
  const { config } = props;
  const logoUrl = useLogo(config);
  const { draft, change, save, ...saving } = useConfigPart(props, {
    first: () => ({
      headerLines: threeOf(config.branding.headerLines),
      footerLines: threeOf(config.branding.footerLines),
      topMessage: config.branding.topMessage ?? "",
      bottomMessage: config.branding.bottomMessage ?? "",
    }),
    partOf: (typed) => ({
      branding: {
        headerLines: written(typed.headerLines),
        footerLines: written(typed.footerLines),
        topMessage: typed.topMessage.trim() || null,
        bottomMessage: typed.bottomMessage.trim() || null,
      },
    }),
  });
  return (
    <Section title={words.branding} text={words.brandingText}>
      <div class="with-preview">
        <Form label={words.branding} onSend={() => void save()}>
          <LogoField {...props} />
          <Lines
            label={words.headerLine}
            lines={draft.headerLines}
            onLines={(headerLines) => change({ headerLines })}
          />
          <Lines
            label={words.footerLine}
            lines={draft.footerLines}
            onLines={(footerLines) => change({ footerLines })}
          />
          <TextField
            label={words.topMessage}
            value={draft.topMessage}
            maxLength={MESSAGE_MAX}
            help={<p>{words.messageHelp}</p>}
            onValue={(topMessage) => change({ topMessage })}
          />
          <TextField
            label={words.bottomMessage}
            value={draft.bottomMessage}
            maxLength={MESSAGE_MAX}
            onValue={(bottomMessage) => change({ bottomMessage })}
          />
          <SaveRow {...saving} />
        </Form>
        <ReceiptHead
          company={companyDraft(config)}
          tin={config.tin}
          lines={draft.headerLines}
          logoUrl={logoUrl}
        />
      </div>
    </Section>
  );
}

function Lines(props: { label: string; lines: readonly string[]; onLines: (lines: string[]) => void }) {
  return (
    <>
      {props.lines.map((line, place) => (
        <TextField
          key={place}
          label={fill(props.label, { place: place + 1 })}
          value={line}
          maxLength={LINE_MAX}
          onValue={(value) => props.onLines(props.lines.map((old, index) => (index === place ? value : old)))}
        />
      ))}
    </>
  );
}
