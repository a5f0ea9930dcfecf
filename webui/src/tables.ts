// Tables of the ecosystem: unpacked when first asked for.

import type { Ecosystem, EcosystemTables, PackedColumn } from "./types_tables";
import type { Text } from "./types";

export type Value = string | number | boolean | null | string[] | Text;
export type Entry = Record<string, Value>;
export type EntryTable = `register_${string}`;

export interface Tables {
  names: string[];
  get<K extends keyof EcosystemTables>(name: K): EcosystemTables[K];
  entries(name: string): Entry[];
}

function cellsOf(column: PackedColumn): (number | null)[] {
  if (!column.runs) return column.cells;
  const found: (number | null)[] = [];
  for (let k = 0; k < column.cells.length; k += 2) for (let n = column.cells[k + 1]!; n > 0; n--) found.push(column.cells[k]!);
  return found;
}

function valuesOf(data: Ecosystem, column: PackedColumn): Value[] {
  const cells = cellsOf(column);
  if (column.kind === "number") return cells;
  if (column.kind === "flag") return cells.map((cell) => cell === 1);
  if (column.kind === "pair") return cells.map((cell) => data.pairs[cell!]!);
  const texts = cells.map((cell) => data.texts[cell!]!);
  return column.kind === "list" ? texts.map((text) => text.split(";").filter(Boolean)) : texts;
}

/** The rows of a table; none where the run does not have it. */
export function unpack(data: Ecosystem | null, name: string): Entry[] {
  const table = data?.tables[name];
  if (!data || !table) return [];
  const columns = table.columns.map((column): [string, Value[]] => [column.field, valuesOf(data, column)]);
  return Array.from({ length: table.rows }, (_, k) => Object.fromEntries(columns.map(([field, values]) => [field, values[k]!])));
}

/** The tables of a run, each unpacked once. */
export function openTables(data: Ecosystem | null): Tables {
  const known = new Map<string, Entry[]>();
  const entries = (name: string): Entry[] => {
    if (!known.has(name)) known.set(name, unpack(data, name));
    return known.get(name)!;
  };
  return { names: Object.keys(data?.tables ?? {}), entries, get: (name) => entries(name) as never };
}
