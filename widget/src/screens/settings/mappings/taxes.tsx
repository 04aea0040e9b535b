import { TAX_CLASSES, type TaxMappings } from "@fiscalise/shared/api/mappings.ts";
import { formatDecimal } from "@fiscalise/shared/money.ts";
import { useState } from "preact/hooks";
import { readTaxMappings, saveTaxMappings } from "../../../api/mappings.ts";
import { Chip } from "../../../components/chip.tsx";
import { DataTable } from "../../../components/data-table.tsx";
import { Saved } from "../../../components/saved.tsx";
import { Empty, PageHead, Section } from "../../../components/section.tsx";
import { Select } from "../../../components/select-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { type AllSettingsWords, useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { useLoad } from "../use-load.ts";

type TaxMapping = TaxMappings["items"][number];
type Chosen = TaxMapping["taxClass"];

export function Taxes() {
  const words = useSettingsWords();
  const { request } = useSettings();
  const taxes = useLoad((signal) => readTaxMappings(request, signal));
  return (
    <>
      <PageHead title={words.navTaxes} text={words.taxesText} />
      <Section title={words.taxesTitle}>
        <TroubleNotice trouble={taxes.trouble} onRetry={taxes.reload} />
        {!taxes.value && !taxes.trouble && <div class="bone facts" />}
        {taxes.value?.items.length === 0 && <Empty>{words.noTaxes}</Empty>}
        {taxes.value && taxes.value.items.length > 0 && (
          <TaxTable items={taxes.value.items} onSaved={taxes.show} />
        )}
      </Section>
    </>
  );
}

function TaxTable(props: { items: TaxMapping[]; onSaved: (taxes: TaxMappings) => void }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const [chosen, setChosen] = useState<Record<string, Chosen>>({});
  const [saved, setSaved] = useState(false);
  const choiceOf = (tax: TaxMapping) => {
    const choice = chosen[keyOf(tax)];
    return choice === undefined ? tax.taxClass : choice;
  };

  async function save() {
    const mappings = props.items.flatMap((tax) => {
      const taxClass = choiceOf(tax);
      return taxClass ? [{ taxId: tax.taxId, taxClass }] : [];
    });
    const after = await run(() => saveTaxMappings(request, { mappings }));
    if (!after) return;
    setChosen({});
    setSaved(true);
    props.onSaved(after);
  }
  return (
    <>
      <DataTable
        caption={words.taxesTitle}
        columns={[
          { title: words.tax },
          { title: words.rate, kind: "figure" },
          { title: words.taxClass },
          { title: words.state },
        ]}
        rows={props.items.map((tax) => ({
          key: keyOf(tax),
          cells: [
            <span class="name">{nameOf(tax, words)}</span>,
            tax.percentage === null ? "–" : `${formatDecimal(tax.percentage)} %`,
            <Select<NonNullable<Chosen> | "">
              name={`${words.taxClass}: ${nameOf(tax, words)}`}
              value={choiceOf(tax) ?? ""}
              options={[
                ["", byItselfWord(tax, words)],
                ...TAX_CLASSES.map((it) => [it, classWord(it, words)] as const),
              ]}
              onValue={(choice) => {
                setSaved(false);
                setChosen({ ...chosen, [keyOf(tax)]: choice || null });
              }}
            />,
            choiceOf(tax) || tax.byItself ? (
              <Chip tone="good" icon="check" word={words.mapped} />
            ) : (
              <Chip tone="warn" icon="warning" word={words.choiceNeeded} />
            ),
          ],
        }))}
      />
      <TroubleNotice trouble={trouble} />
      <div class="form-end">
        <button type="button" class="primary narrow" disabled={busy} onClick={() => void save()}>
          {words.save}
        </button>
        <Saved shown={saved} />
      </div>
    </>
  );
}

const keyOf = (tax: TaxMapping) => tax.taxId ?? "no-tax";

const nameOf = (tax: TaxMapping, words: AllSettingsWords) =>
  tax.taxId === null ? words.noTax : (tax.name ?? fill(words.goneTax, { id: tax.taxId }));

const byItselfWord = (tax: TaxMapping, words: AllSettingsWords) =>
  tax.byItself ? fill(words.byItself, { class: tax.byItself }) : words.chooseClass;

function classWord(taxClass: NonNullable<Chosen>, words: AllSettingsWords): string {
  const names = { A: words.classA, B: words.classB, C: words.classC, D: words.classD };
  return `${taxClass} – ${names[taxClass]}`;
}
