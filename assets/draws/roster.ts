/** The units that may be drawn, by stratum, with their sizes; and the plan that says how many of each. */
import type { Row } from "./canonical.ts";
import { readJson, type Json } from "./json.ts";
import { readFraction, type Fraction } from "./numbers.ts";
import { Refusal } from "./refusal.ts";
import { compareText } from "./text.ts";

export type Table = "roster" | "inspectors" | "conflicts";

export interface Plan {
  /** How many units of each stratum, strata in the order of their code points; nothing where the plan says `null`. */
  readonly counts: ReadonlyMap<string, bigint | null>;
  readonly perVisit: Json;
  /** The public events that the plan announces as sources of the randomness; nothing if it announces none. */
  readonly announced: Json | undefined;
}

/** What the JSON text of a plan says; refuses one that lacks its counts or gives no whole number. */
export function readPlan(text: string): Plan {
  const plan = readJson(text, "plan");
  const counts = plan instanceof Map ? plan.get("n") : undefined;
  if (!(plan instanceof Map && counts instanceof Map)) throw new Refusal("plan-key", { key: "n" });
  if (!plan.has("inspectors_per_visit")) throw new Refusal("plan-key", { key: "inspectors_per_visit" });
  const strata = [...counts.keys()].sort(compareText);
  return {
    counts: new Map(strata.map((stratum) => [stratum, countOf(counts, stratum)])),
    perVisit: plan.get("inspectors_per_visit") ?? null,
    announced: plan.get("randomness_events"),
  };
}

function countOf(counts: ReadonlyMap<string, Json>, stratum: string): bigint | null {
  const count = counts.get(stratum);
  return count === null ? null : whole(count, `n.${stratum}`);
}

/** How many of a stratum are drawn that has units: Python does without only where there is nothing to draw. */
export function placesOf(plan: Plan, stratum: string): bigint {
  return whole(plan.counts.get(stratum), `n.${stratum}`);
}

/** How many inspectors make a visit. */
export function perVisitOf(plan: Plan): number {
  return Number(whole(plan.perVisit, "inspectors_per_visit"));
}

/** A whole number of the plan; Python takes true and false for 1 and 0. */
function whole(value: Json | undefined, key: string): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  throw new Refusal("plan-number", { key, found: String(value) });
}

/** By stratum of the plan the size of each unit. The later row of an id counts. */
export function sizesByStratum(roster: readonly Row[], plan: Plan): Map<string, Map<string, Fraction>> {
  const strata = new Map([...plan.counts.keys()].map((stratum) => [stratum, new Map<string, Fraction>()]));
  if (strata.size === 0) return strata;
  roster.forEach((row, at) => {
    const sizes = strata.get(cell("roster", roster, at, 1));
    if (sizes === undefined) return;
    const id = cell("roster", roster, at, 0);
    const size = readFraction(cell("roster", roster, at, 2));
    if (size === null) throw new Refusal("size", { row: at + 2, id, found: row[2] ?? "" });
    sizes.set(id, size);
  });
  return strata;
}

/** A cell of a table; refuses a row that is too short. Rows are told as a spreadsheet numbers them, the head first. */
export function cell(table: Table, rows: readonly Row[], at: number, column: number): string {
  const row = rows[at] ?? [];
  const found = row[column];
  if (found === undefined) throw new Refusal("short-row", { table, row: at + 2, found: row.length, needed: column + 1 });
  return found;
}
