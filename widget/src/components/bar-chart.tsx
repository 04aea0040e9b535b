import { formatAmount } from "@fiscalise/shared/money.ts";
import { useState } from "preact/hooks";

export type Bar = { day: string; receipts: number; total: string; vat: string };
type ChartWords = { caption: string; day: string; receipts: string; total: string; vat: string };

const WIDTH = 720;
const HEIGHT = 200;
const LEFT = 56;
const BOTTOM = 24;
const TOP = 12;
const GAP = 0.18;
const PLOT = HEIGHT - TOP - BOTTOM;

/** Plain bars per day; the pointer and the arrow keys read a value, a table tells screen readers all of them. */
export function BarChart(props: { bars: readonly Bar[]; words: ChartWords }) {
  const { bars, words } = props;
  const [shown, setShown] = useState<number | null>(null);
  const scale = scaleOf(bars);
  const bar = shown === null ? null : (bars[shown] ?? null);
  const last = bars.length - 1;

  function point({ currentTarget, clientX }: { currentTarget: HTMLElement; clientX: number }) {
    const { left, width } = currentTarget.getBoundingClientRect();
    setShown(Math.min(last, Math.max(0, Math.floor(((clientX - left) / width) * bars.length))));
  }
  return (
    <div class="chart">
      <p class="chart-value" aria-hidden="true">
        {bar ? sentence(bar, words) : words.caption}
      </p>
      <div class="bars">
        <Bars bars={bars} scale={scale} shown={shown} />
        <Axes bars={bars} scale={scale} />
        <input
          type="range"
          style={{ left: `${(LEFT / WIDTH) * 100}%` }}
          min={0}
          max={last}
          value={shown ?? last}
          aria-label={words.caption}
          aria-valuetext={sentence(bar ?? bars[last], words)}
          onInput={(event) => setShown(Number(event.currentTarget.value))}
          onFocus={(event) => setShown(Number(event.currentTarget.value))}
          onBlur={() => setShown(null)}
          onPointerMove={point}
          onPointerLeave={() => setShown(null)}
        />
      </div>
      <ChartTable bars={bars} words={words} />
    </div>
  );
}

function sentence(bar: Bar | undefined, words: ChartWords): string {
  if (!bar) return words.caption;
  const { day, receipts, total, vat } = bar;
  return `${dayWord(day)} · RWF ${formatAmount(total)} · ${words.vat} ${formatAmount(vat)} · ${words.receipts} ${receipts}`;
}

function Bars(props: { bars: readonly Bar[]; scale: Scale; shown: number | null }) {
  const { bars, scale } = props;
  const step = (WIDTH - LEFT) / Math.max(1, bars.length);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" preserveAspectRatio="none">
      {scale.ticks.map((tick) => (
        <line key={tick} class="grid" x1={LEFT} x2={WIDTH} y1={yOf(tick, scale)} y2={yOf(tick, scale)} />
      ))}
      {bars.map((each, place) => (
        <rect
          key={each.day}
          class={place === props.shown ? "bar shown" : "bar"}
          x={LEFT + place * step + step * GAP}
          width={step * (1 - 2 * GAP)}
          {...spanOf(Number(each.total), scale)}
        />
      ))}
    </svg>
  );
}

function ChartTable(props: { bars: readonly Bar[]; words: ChartWords }) {
  const { words } = props;
  return (
    <table class="visually-hidden">
      <caption>{words.caption}</caption>
      <thead>
        <tr>
          {[words.day, words.receipts, words.total, words.vat].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.bars.map((each) => (
          <tr key={each.day}>
            <th scope="row">{dayWord(each.day)}</th>
            <td>{each.receipts}</td>
            <td>{formatAmount(each.total)}</td>
            <td>{formatAmount(each.vat)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Outside the drawing, which is stretched: letters must not be. */
function Axes(props: { bars: readonly Bar[]; scale: Scale }) {
  const every = 7;
  const last = props.bars.length - 1;
  return (
    <div class="axes" aria-hidden="true">
      {props.scale.ticks.map((tick) => (
        <span key={tick} class="tick" style={{ top: `${(yOf(tick, props.scale) / HEIGHT) * 100}%` }}>
          {shortAmount(tick)}
        </span>
      ))}
      {props.bars.map(
        ({ day }, place) =>
          (last - place) % every === 0 && (
            <span
              key={day}
              class="day"
              style={{
                left: `${((LEFT + ((place + 0.5) * (WIDTH - LEFT)) / props.bars.length) / WIDTH) * 100}%`,
              }}
            >
              {dayWord(day)}
            </span>
          ),
      )}
    </div>
  );
}

type Scale = { lowest: number; highest: number; ticks: number[] };

/** From below the lowest bar (a day of refunds) to above the highest, in steps of 1, 2 or 5. */
function scaleOf(bars: readonly Bar[]): Scale {
  const totals = bars.map(({ total }) => Number(total));
  const most = Math.max(1, ...totals);
  const least = Math.min(0, ...totals);
  const rough = (most - least) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const lowest = Math.floor(least / step) * step;
  const count = Math.ceil((most - lowest) / step);
  const ticks = Array.from({ length: count + 1 }, (_, place) => lowest + place * step);
  return { lowest, highest: lowest + count * step, ticks };
}

const yOf = (value: number, { lowest, highest }: Scale) =>
  TOP + PLOT * (1 - (value - lowest) / (highest - lowest));

function spanOf(total: number, scale: Scale) {
  const [from, to] = [yOf(Math.max(0, total), scale), yOf(Math.min(0, total), scale)];
  return { y: from, height: to - from };
}

/** `1,180.00` has no room beside an axis: 1.2M. */
function shortAmount(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${value / 1e9}G`;
  if (size >= 1e6) return `${value / 1e6}M`;
  return size >= 1e3 ? `${value / 1e3}k` : String(value);
}

const dayWord = (day: string) => `${day.slice(8, 10)}/${day.slice(5, 7)}`;
