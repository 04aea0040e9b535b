import type { ComponentChildren } from "preact";

export type Column = { title: string; kind?: "figure" | "action" };
export type Row = { key: string; cells: ComponentChildren[]; below?: ComponentChildren };

/** A table; under 480 px each row is a card whose cells carry their column's name. */
export function DataTable(props: { caption: string; columns: readonly Column[]; rows: readonly Row[] }) {
  const { columns } = props;
  return (
    <table class="table">
      <caption class="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, kind }) => (
            <th key={title} scope="col" class={kind}>
              {kind === "action" ? <span class="visually-hidden">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.rows.map((row) => rowsOf(row, columns))}</tbody>
    </table>
  );
}

const isEmpty = (cell: ComponentChildren) => cell === null || cell === undefined || cell === "";

function rowsOf({ key, cells, below }: Row, columns: readonly Column[]) {
  const row = (
    <tr key={key} class={below ? "opened" : undefined}>
      {cells.map((cell, place) => (
        <td key={columns[place]?.title} class={columns[place]?.kind} data-label={columns[place]?.title}>
          {isEmpty(cell) ? null : <div>{cell}</div>}
        </td>
      ))}
    </tr>
  );
  if (!below) return row;
  return [
    row,
    <tr key={`${key}-below`} class="below">
      <td colSpan={columns.length}>{below}</td>
    </tr>,
  ];
}
