/** A QR code (ISO/IEC 18004) of bytes at error correction level M, as an SVG path on a grid of `size` modules. */
export function qrPath(text: string): { size: number; path: string } {
  const rows = qrModules(text);
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return { size: rows.length, path };
}

// Table 9, level M, versions 1–40: error correction codewords per block, and blocks.
const CORRECTION =
  "10 16 26 18 24 16 18 22 22 26 30 22 22 24 24 28 28 26 26 26 26 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28"
    .split(" ")
    .map(Number);
const BLOCKS =
  "1 1 1 2 2 4 4 4 5 5 5 8 9 9 10 10 11 13 14 16 17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49"
    .split(" ")
    .map(Number);

type Grid = { size: number; dark: boolean[][]; fixed: boolean[][] };

export function qrModules(text: string, forcedMask?: number): boolean[][] {
  const bytes = new TextEncoder().encode(text);
  const version = smallestVersion(bytes.length);
  const grid = emptyGrid(version);
  drawFixedPatterns(grid, version);
  drawCodewords(grid, withCorrection(dataCodewords(bytes, version), version));
  const masks = forcedMask === undefined ? [0, 1, 2, 3, 4, 5, 6, 7] : [forcedMask];
  const scored = masks.map((mask) => {
    const dark = masked(grid, mask);
    return { dark, penalty: penaltyOf(dark) };
  });
  return scored.reduce((best, next) => (next.penalty < best.penalty ? next : best)).dark;
}

const at = (list: ArrayLike<number>, index: number) => list[index] ?? 0;

function rawModules(version: number): number {
  const alignments = Math.floor(version / 7) + 2;
  const aligned = version > 1 ? (25 * alignments - 10) * alignments - 55 : 0;
  return (16 * version + 128) * version + 64 - aligned - (version > 6 ? 36 : 0);
}

function dataCapacity(version: number): number {
  return (rawModules(version) >> 3) - at(CORRECTION, version - 1) * at(BLOCKS, version - 1);
}

const lengthBits = (version: number) => (version < 10 ? 8 : 16);

function smallestVersion(byteCount: number): number {
  for (let version = 1; version <= 40; version++) {
    if (4 + lengthBits(version) + byteCount * 8 <= dataCapacity(version) * 8) return version;
  }
  throw new Error("bug: more text than a QR code holds");
}

function dataCodewords(bytes: Uint8Array, version: number): number[] {
  const capacity = dataCapacity(version);
  const bits: number[] = [];
  const append = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  append(4, 4);
  append(bytes.length, lengthBits(version));
  for (const byte of bytes) append(byte, 8);
  append(0, Math.min(4, capacity * 8 - bits.length));
  append(0, (8 - (bits.length % 8)) % 8);
  const codewords: number[] = [];
  for (let index = 0; index < bits.length; index += 8) {
    codewords.push(bits.slice(index, index + 8).reduce((byte, bit) => byte * 2 + bit, 0));
  }
  for (let pad = 0xec; codewords.length < capacity; pad ^= 0xec ^ 0x11) codewords.push(pad);
  return codewords;
}

function withCorrection(codewords: number[], version: number): number[] {
  const correction = at(CORRECTION, version - 1);
  const count = at(BLOCKS, version - 1);
  const total = rawModules(version) >> 3;
  const short = Math.floor(total / count) - correction;
  const shortBlocks = count - (total % count);
  const divisor = generator(correction);
  const blocks = Array.from({ length: count }, (_, index) => {
    const start = index * short + Math.max(0, index - shortBlocks);
    const block = codewords.slice(start, start + short + (index < shortBlocks ? 0 : 1));
    return { block, check: remainder(block, divisor) };
  });
  const interleaved: number[] = [];
  for (let index = 0; index <= short; index++)
    for (const { block } of blocks) if (index < block.length) interleaved.push(at(block, index));
  for (let index = 0; index < correction; index++)
    for (const { check } of blocks) interleaved.push(at(check, index));
  return interleaved;
}

function multiply(x: number, y: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--)
    product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((y >> bit) & 1) * x);
  return product;
}

function generator(degree: number): number[] {
  const result = [...new Array<number>(degree - 1).fill(0), 1];
  for (let step = 0, root = 1; step < degree; step++, root = multiply(root, 2)) {
    for (let index = 0; index < degree; index++) {
      result[index] = multiply(at(result, index), root) ^ at(result, index + 1);
    }
  }
  return result;
}

function remainder(block: number[], divisor: number[]): number[] {
  const rest = new Array<number>(divisor.length).fill(0);
  for (const codeword of block) {
    const factor = codeword ^ at(rest, 0);
    rest.shift();
    rest.push(0);
    for (let index = 0; index < rest.length; index++)
      rest[index] = at(rest, index) ^ multiply(at(divisor, index), factor);
  }
  return rest;
}

function emptyGrid(version: number): Grid {
  const size = version * 4 + 17;
  const cells = () => Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  return { size, dark: cells(), fixed: cells() };
}

function paint(cells: boolean[][], x: number, y: number, value: boolean): void {
  const row = cells[y];
  if (row && x >= 0 && x < row.length) row[x] = value;
}

function fix(grid: Grid, x: number, y: number, dark: boolean): void {
  paint(grid.dark, x, y, dark);
  paint(grid.fixed, x, y, true);
}

function drawFixedPatterns(grid: Grid, version: number): void {
  const { size } = grid;
  for (let index = 0; index < size; index++) {
    fix(grid, 6, index, index % 2 === 0);
    fix(grid, index, 6, index % 2 === 0);
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    drawSquare(grid, x, y, 4);
  const centres = alignmentCentres(version, size);
  const last = centres.length - 1;
  centres.forEach((x, i) => {
    centres.forEach((y, j) => {
      const onFinder = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
      if (!onFinder) drawSquare(grid, x, y, 2);
    });
  });
  drawFormat(grid, 0);
  if (version > 6) drawVersion(grid, version);
}

/** A finder (radius 4, with its separator) or an alignment pattern (radius 2). */
function drawSquare(grid: Grid, centreX: number, centreY: number, radius: number): void {
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      fix(grid, centreX + dx, centreY + dy, radius === 4 ? ring !== 2 && ring !== 4 : ring !== 1);
    }
  }
}

function alignmentCentres(version: number, size: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const centres = [6];
  for (let index = count - 2; index >= 0; index--) centres.push(size - 7 - index * step);
  return centres;
}

function drawFormat(grid: Grid, mask: number): void {
  let rest = mask; // level M is 00
  for (let step = 0; step < 10; step++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  const bit = (index: number) => ((bits >> index) & 1) === 1;
  const { size } = grid;
  for (let index = 0; index < 15; index++) {
    const near = index < 6 ? index : index < 8 ? index + 1 : 14 - index;
    if (index < 8) fix(grid, 8, near, bit(index));
    else fix(grid, index === 8 ? 7 : near, 8, bit(index));
    if (index < 8) fix(grid, size - 1 - index, 8, bit(index));
    else fix(grid, 8, size - 15 + index, bit(index));
  }
  fix(grid, 8, size - 8, true);
}

function drawVersion(grid: Grid, version: number): void {
  let rest = version;
  for (let step = 0; step < 12; step++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let index = 0; index < 18; index++) {
    const far = grid.size - 11 + (index % 3);
    const near = Math.floor(index / 3);
    fix(grid, far, near, ((bits >> index) & 1) === 1);
    fix(grid, near, far, ((bits >> index) & 1) === 1);
  }
}

function drawCodewords(grid: Grid, codewords: number[]): void {
  const { size } = grid;
  let index = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (grid.fixed[y]?.[x]) continue;
        paint(grid.dark, x, y, ((at(codewords, index >> 3) >> (7 - (index & 7))) & 1) === 1);
        index++;
      }
    }
  }
}

const MASKS: ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

function masked(grid: Grid, mask: number): boolean[][] {
  const flips = MASKS[mask];
  const dark = grid.dark.map((row, y) =>
    row.map((on, x) => (grid.fixed[y]?.[x] ? on : on !== (flips?.(x, y) === 0))),
  );
  drawFormat({ ...grid, dark }, mask);
  return dark;
}

function penaltyOf(dark: boolean[][]): number {
  const size = dark.length;
  const columns = dark.map((_, x) => dark.map((row) => row[x] ?? false));
  let penalty = [...dark, ...columns].reduce((sum, line) => sum + linePenalty(line), 0);
  for (let y = 1; y < size; y++) {
    for (let x = 1; x < size; x++) {
      const square = [dark[y]?.[x], dark[y]?.[x - 1], dark[y - 1]?.[x], dark[y - 1]?.[x - 1]];
      if (square.every((on) => on === square[0])) penalty += 3;
    }
  }
  const share = (dark.flat().filter(Boolean).length * 20) / (size * size);
  return penalty + Math.floor(Math.abs(share - 10)) * 10;
}

function linePenalty(line: boolean[]): number {
  const text = line.map(Number).join("");
  const runs = text.match(/0{5,}|1{5,}/g) ?? [];
  const finders = text.match(/(?=10111010000|00001011101)/g) ?? [];
  return runs.reduce((sum, run) => sum + run.length - 2, 0) + finders.length * 40;
}
