import { lineHeight, SOFT_INK, type TextStyle, wrap, write, writeParagraph } from "./lettering.ts";
import { ensureRoom, PAGE, PAGE_WIDTH, type Paper, rule } from "./paper.ts";

export interface Column {
  label: string;
  /** In points; those of a table fill the page. The first column takes what is left. */
  width: number;
  align: "left" | "right";
}
export interface Row {
  cells: readonly string[];
  /** Below the first cell. */
  detail?: string;
  strong?: boolean;
}
export interface Table {
  title: string;
  columns: readonly Column[];
  rows: readonly Row[];
  /** In place of rows, or below them. */
  note: string | null;
}

const TITLE: TextStyle = { x: PAGE.left, width: PAGE_WIDTH, size: 10.5, bold: true };
const NOTE: TextStyle = { x: PAGE.left, width: PAGE_WIDTH, size: 8.5, ink: SOFT_INK };
const CELL = { size: 8.2 };
const HEADING = { size: 7.2, ink: SOFT_INK };
const GAP = 6;
const PADDING = 2.2;
const SPACE_ABOVE = 12;
const HEADING_HEIGHT = 15;

export function drawTable(paper: Paper, table: Table): void {
  const places = placesOf(table.columns);
  paper.y += SPACE_ABOVE;
  ensureRoom(paper, lineHeight(TITLE) + HEADING_HEIGHT + 3 * lineHeight(CELL));
  write(paper, table.title, TITLE);
  paper.y += lineHeight(TITLE) + 2;
  if (table.rows.length > 0) drawRows(paper, table, places);
  if (table.note !== null) {
    paper.y += 2;
    writeParagraph(paper, table.note, NOTE);
  }
}

function drawRows(paper: Paper, { columns, rows }: Table, places: readonly TextStyle[]): void {
  const heading = () => drawHeading(paper, columns, places);
  heading();
  paper.repeatOnNewPage = heading;
  for (const row of rows) drawRow(paper, row, places);
  paper.repeatOnNewPage = () => {};
}

function drawHeading(paper: Paper, columns: readonly Column[], places: readonly TextStyle[]): void {
  rule(paper, "strong");
  paper.y += 3;
  for (const [index, place] of places.entries()) {
    write(paper, columns[index]?.label ?? "", { ...place, ...HEADING });
  }
  paper.y += HEADING_HEIGHT - 4;
  rule(paper, "hair");
}

function drawRow(paper: Paper, { cells, detail, strong = false }: Row, places: readonly TextStyle[]): void {
  const [first, ...others] = places;
  if (!first) return;
  const name = wrap(paper, cells[0] ?? "", { ...first, bold: strong });
  const below = detail === undefined ? [] : wrap(paper, detail, { ...first, ...HEADING });
  const height = name.length * lineHeight(CELL) + below.length * lineHeight(HEADING) + 2 * PADDING;
  ensureRoom(paper, height);
  const top = paper.y + PADDING;
  paper.y = top;
  for (const [index, place] of others.entries()) {
    write(paper, cells[index + 1] ?? "", { ...place, bold: strong });
  }
  for (const line of name) {
    write(paper, line, { ...first, bold: strong });
    paper.y += lineHeight(CELL);
  }
  for (const line of below) {
    write(paper, line, { ...first, ...HEADING });
    paper.y += lineHeight(HEADING);
  }
  paper.y = top + height - PADDING;
  rule(paper, "hair");
}

function placesOf(columns: readonly Column[]): TextStyle[] {
  const taken = columns.slice(1).reduce((all, { width }) => all + width, 0);
  let x = PAGE.left;
  return columns.map(({ width, align }, index) => {
    const own = index === 0 ? PAGE_WIDTH - taken : width;
    const left = x;
    x += own;
    return { ...CELL, align, width: own - GAP, x: align === "right" ? x : left };
  });
}
