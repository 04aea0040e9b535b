import { TAX_CLASSES, type TaxMappings } from "@fiscalise/shared/api/mappings.ts";
import { formatDecimal } from "@fiscalise/shared/money.ts";
import { changeTaxMappings, readTaxMappings } from "../../../api/mappings.ts";
import { Chip } from "../../../components/chip.tsx";
import { DataTable } from "../../../components/data-table.tsx";
import { Saved } from "../../../components/saved.tsx";
import { Empty, PageHead, Section } from "../../../components/section.tsx";
import { Select } from "../../../components/select-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { type AllSettingsWords, useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { useDraft } from "../use-draft.ts";
import { useLoad } from "../use-load.ts";

type TaxMapping = TaxMappings["items"][number];
type Chosen = TaxMapping["taxClass"];
type Choices = Record<string, Chosen>;

/** What was taken is in the answer, where another's newer choice is too. */
const notSent = (now: Choices, sent: Choices): Choices =>
  Object.fromEntries(Object.entries(now).filter(([key, choice]) => sent[key] !== choice));

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
  const { draft: chosen, change, save, ...saving } = useDraft<Choices>(() => ({}), { rest: notSent });
  const choiceOf = (tax: TaxMapping) => {
    const choice = chosen[keyOf(tax)];
    return choice === undefined ? tax.taxClass : choice;
  };

  async function send() {
    const after = await save((choices) =>
      changeTaxMappings(request, {
        mappings: props.items.flatMap((tax) => {
          const taxClass = choices[keyOf(tax)];
          return taxClass === undefined ? [] : [{ taxId: tax.taxId, taxClass }];
        }),
      }),
    );
    if (after) props.onSaved(after);
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
              onValue={(choice) => change({ [keyOf(tax)]: choice || null })}
            />,
            choiceOf(tax) || tax.byItself ? (
              <Chip tone="good" icon="check" word={words.mapped} />
            ) : (
              <Chip tone="warn" icon="warning" word={words.choiceNeeded} />
            ),
          ],
        }))}
      />
      <TroubleNotice trouble={saving.trouble} />
      <div class="form-end">
        <button type="button" class="primary narrow" disabled={saving.busy} onClick={() => void send()}>
          {words.save}
        </button>
        <Saved shown={saving.saved} />
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
