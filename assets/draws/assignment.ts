/**
 * Which inspectors make which visit: in the order of selection, each visit takes of its inspectors without a conflict
 * those with the lowest tickets, as far as all other visits can still be served.
 */
import type { Row } from "./canonical.ts";
import { hashParts } from "./hash.ts";
import type { HashName } from "./hash-name.ts";
import { Matching } from "./matching.ts";
import { readWhole } from "./numbers.ts";
import { Refusal } from "./refusal.ts";
import { cell } from "./roster.ts";
import { compareText } from "./text.ts";
import type { Progress } from "./tickets.ts";

/** The inspectors of each visit; nothing where the visits cannot all be served. */
export type Assignment = Map<string, string[]> | null;

interface Pool {
  /** Every row's inspector, in the order of the table; whoever is listed twice stands here twice. */
  readonly listed: readonly number[];
  readonly names: readonly string[];
  readonly capacities: readonly number[];
}

/** The assignment of `perVisit` inspectors to each of the selected. */
export function assign(
  hash: HashName, seed: string, selected: readonly string[], perVisit: number,
  inspectors: readonly Row[], conflicts: readonly Row[], progress: Progress,
): Assignment {
  const pool = readPool(inspectors);
  const barred = readConflicts(conflicts);
  const visits = [...new Set(selected)];
  const eligible = visits.map((visit) => pool.listed.filter((one) => !barred.get(pool.names[one]!)?.has(visit)));
  const matching = new Matching(visits.map(() => perVisit), pool.capacities, eligible);
  if (!matching.fill()) return null;
  const place = new Map(visits.map((visit, index) => [visit, index]));
  const found: Assignment = new Map(visits.map((visit) => [visit, []]));
  selected.forEach((visit, done) => {
    if (done % 16 === 0) progress(done, selected.length);
    const index = place.get(visit)!;
    const numbered = eligible[index]!.filter((one) => matching.open[index]!.has(one)).map((one) => {
      return { one, name: pool.names[one]!, number: hashParts(hash, seed, "I", visit, pool.names[one]!) };
    });
    numbered.sort((a, b) => compareText(a.number, b.number) || compareText(a.name, b.name));
    for (const { one, name } of numbered) {
      if (matching.needs[index] === 0) break;
      if (matching.room[one] !== 0 && matching.fix(index, one)) found.get(visit)!.push(name);
    }
  });
  return found;
}

/** The inspectors by number; the last row of one who is listed twice says how many visits they can make. */
function readPool(rows: readonly Row[]): Pool {
  const numbers = new Map<string, number>();
  const capacities: number[] = [];
  const listed = rows.map((row, at) => {
    const name = cell("inspectors", rows, at, 0);
    const number = numbers.get(name) ?? numbers.size;
    const capacity = readWhole(cell("inspectors", rows, at, 1));
    if (capacity === null) throw new Refusal("capacity", { row: at + 2, id: name, found: row[1] ?? "" });
    numbers.set(name, number);
    capacities[number] = Number(capacity);
    return number;
  });
  return { listed, names: [...numbers.keys()], capacities };
}

function readConflicts(rows: readonly Row[]): Map<string, Set<string>> {
  const barred = new Map<string, Set<string>>();
  rows.forEach((_, at) => {
    const inspector = cell("conflicts", rows, at, 0);
    const visits = barred.get(inspector) ?? new Set();
    barred.set(inspector, visits.add(cell("conflicts", rows, at, 1)));
  });
  return barred;
}
