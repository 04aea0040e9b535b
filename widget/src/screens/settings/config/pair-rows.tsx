import { type Config, PAYMENT_KINDS } from "@fiscalise/shared/api/config.ts";
import { Select } from "../../../components/select-field.tsx";
import { type AllSettingsWords, useSettingsWords } from "../../../settings-words.ts";

type Policies = Config["policies"];
type PaymentMode = Policies["paymentModes"][number];
type Unit = Policies["units"][number];

/** How each of Zoho's payment modes is told to the authority. */
export function PaymentModes(props: { rows: PaymentMode[]; onRows: (rows: PaymentMode[]) => void }) {
  const words = useSettingsWords();
  const kinds = paymentWords(words);
  return (
    <PairRows
      title={words.paymentModes}
      help={words.paymentModesHelp}
      first={words.paymentMode}
      second={words.paymentKind}
      options={PAYMENT_KINDS.map((kind) => [kind, kinds[kind]] as const)}
      rows={props.rows.map(({ mode, kind }) => [mode, kind] as const)}
      onRows={(rows) => props.onRows(rows.map(([mode, kind]) => ({ mode, kind })))}
    />
  );
}

/** Zoho's free words for units, in the authority's codes. */
export function Units(props: {
  rows: Unit[];
  codes: readonly { code: string; name: string }[];
  onRows: (rows: Unit[]) => void;
}) {
  const words = useSettingsWords();
  const known = props.codes.map(({ code, name }) => [code, `${code} – ${name}`] as const);
  const gone = props.rows.filter(({ code }) => !known.some(([it]) => it === code));
  return (
    <PairRows
      title={words.units}
      help={words.unitsHelp}
      first={words.unit}
      second={words.unitCode}
      options={[...known, ...gone.map(({ code }) => [code, code] as const)]}
      rows={props.rows.map(({ unit, code }) => [unit, code] as const)}
      onRows={(rows) => props.onRows(rows.map(([unit, code]) => ({ unit, code })))}
    />
  );
}

const TEXT_MAX = 60;

function PairRows<Value extends string>(props: {
  title: string;
  help: string;
  first: string;
  second: string;
  options: readonly (readonly [Value, string])[];
  rows: readonly (readonly [string, Value])[];
  onRows: (rows: (readonly [string, Value])[]) => void;
}) {
  const words = useSettingsWords();
  const { rows, options, onRows } = props;
  const fallback = options[0]?.[0];
  const replace = (place: number, row: readonly [string, Value]) =>
    onRows(rows.map((old, index) => (index === place ? row : old)));
  return (
    <fieldset class="pairs-edit">
      <legend>{props.title}</legend>
      <p class="help">{props.help}</p>
      {rows.map(([text, value], place) => (
        <div class="pair" key={place}>
          <input
            type="text"
            aria-label={`${props.first} ${place + 1}`}
            value={text}
            maxLength={TEXT_MAX}
            data-valid={text.trim() !== ""}
            aria-invalid={text.trim() === ""}
            onInput={(event) => replace(place, [event.currentTarget.value, value])}
          />
          <Select
            name={`${props.second} ${place + 1}`}
            value={value}
            options={options}
            onValue={(chosen) => replace(place, [text, chosen])}
          />
          <button
            type="button"
            class="link"
            aria-label={`${words.remove}: ${text || place + 1}`}
            onClick={() => onRows(rows.filter((_, index) => index !== place))}
          >
            {words.remove}
          </button>
        </div>
      ))}
      {fallback !== undefined && (
        <button type="button" class="link" onClick={() => onRows([...rows, ["", fallback]])}>
          {words.addRow}
        </button>
      )}
    </fieldset>
  );
}

const paymentWords = (words: AllSettingsWords) => ({
  cash: words.payCash,
  credit: words.payCredit,
  "cash-credit": words.payCashCredit,
  cheque: words.payCheque,
  card: words.payCard,
  "mobile-money": words.payMobileMoney,
  other: words.payOther,
});
