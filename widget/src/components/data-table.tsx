import { type ComponentChildren, Fragment } from "preact";

/** `spare`: left out where the window is too narrow for all columns, and wide enough for a table. */
export type Column = { title: string; kind?: "figure" | "action"; spare?: boolean };
export type Row = { key: string; cells: ComponentChildren[]; below?: ComponentChildren };

/** A table; under 480 px each row is a card whose cells carry their column's name. */
export function DataTable(props: { caption: string; columns: readonly Column[]; rows: readonly Row[] }) {
  const { columns } = props;
  return (
    <table class="table">
      <caption class="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, kind, spare }) => (
            <th key={title} scope="col" class={classOf(kind, spare)}>
              {kind === "action" ? <span class="visually-hidden">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.rows.map((row) => rowsOf(row, columns))}</tbody>
    </table>
  );
}

const classOf = (kind: Column["kind"], spare: Column["spare"]) =>
  [kind, spare && "spare"].filter(Boolean).join(" ");

const isEmpty = (cell: ComponentChildren) => cell === null || cell === undefined || cell === "";

/** One fragment with or without what is below: the row stays, and with it the focus. */
function rowsOf({ key, cells, below }: Row, columns: readonly Column[]) {
  return (
    <Fragment key={key}>
      <tr class={below ? "opened" : undefined}>
        {cells.map((cell, place) => (
          <td
            key={columns[place]?.title}
            class={classOf(columns[place]?.kind, columns[place]?.spare)}
            data-label={columns[place]?.title}
          >
            {isEmpty(cell) ? null : <div>{cell}</div>}
          </td>
        ))}
      </tr>
      {below && (
        <tr class="below">
          <td colSpan={columns.length}>{below}</td>
        </tr>
      )}
    </Fragment>
  );
}
