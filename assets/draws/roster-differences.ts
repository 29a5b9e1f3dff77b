/**
 * Which row of a roster does not belong to the published tickets.
 *
 * A hash says that a roster differs, not where. The tickets say more: each names its unit, and λ is in proportion to
 * size, so within a stratum the one unit whose size was changed stands out from all the others.
 */
import type { Row } from "./canonical.ts";
import { note, type Note } from "./notes.ts";
import { fractionText, readFraction, reduced, type Fraction } from "./numbers.ts";
import type { Ticket } from "./tickets.ts";

/** The first row that explains why the tickets differ; nothing if none stands out. */
export function rosterDiffers(published: readonly Ticket[], computed: readonly Ticket[], roster: readonly Row[]): Note | null {
  const rows = new Map(roster.map((row, at) => [keyOf(row[1], row[0]), at]));
  const missing = published.find(({ stratum, id }) => !rows.has(keyOf(stratum, id)));
  if (missing !== undefined) return note("ticket-without-row", { id: missing.id, stratum: missing.stratum });
  const theirs = new Set(published.map(({ stratum, id }) => keyOf(stratum, id)));
  const added = computed
    .filter(({ stratum, id }) => !theirs.has(keyOf(stratum, id)))
    .map(({ stratum, id }) => ({ stratum, id, row: spoken(rows.get(keyOf(stratum, id))) }))
    .sort((a, b) => a.row - b.row)[0];
  if (added !== undefined) return note("row-without-ticket", added);
  const uncertain = published.filter(({ chance }) => chance !== "1");
  return sizeDiffers(uncertain.map((ticket) => ({ ticket, at: rows.get(keyOf(ticket.stratum, ticket.id)) ?? 0 })), roster);
}

const CODES = ["ticket-without-row", "row-without-ticket", "size-differs"] as const;

/** Whether a note names a row of the roster. */
export function isOfRoster({ code }: Note): boolean {
  return CODES.some((one) => one === code);
}

interface Placed {
  readonly ticket: Ticket;
  readonly at: number;
}

/** The first row whose size is not in the proportion in which most of its stratum stands to λ. */
function sizeDiffers(placed: readonly Placed[], roster: readonly Row[]): Note | null {
  const odd: { readonly at: number; readonly expected: Fraction }[] = [];
  for (const stratum of new Set(placed.map(({ ticket }) => ticket.stratum))) {
    const units = placed
      .filter(({ ticket }) => ticket.stratum === stratum)
      .map(({ ticket, at }) => ({ at, chance: fraction(ticket.chance), size: fraction(roster[at]?.[2] ?? "") }));
    const usual = usualProportion(units);
    if (usual === null) continue;
    for (const { at, chance, size } of units) {
      const expected = divided(chance, usual);
      if (fractionText(expected) !== fractionText(size)) odd.push({ at, expected });
    }
  }
  const first = odd.sort((a, b) => a.at - b.at)[0];
  if (first === undefined) return null;
  const row = roster[first.at] ?? [];
  return note("size-differs", { row: spoken(first.at), id: row[0] ?? "", found: row[2] ?? "", expected: fractionText(first.expected) });
}

/** The proportion of λ to size that more than half of the units have. */
function usualProportion(units: readonly { readonly chance: Fraction; readonly size: Fraction }[]): Fraction | null {
  const counted = new Map<string, number>();
  for (const { chance, size } of units) {
    if (size.over <= 0n) continue;
    const text = fractionText(divided(chance, size));
    counted.set(text, (counted.get(text) ?? 0) + 1);
    if (2 * (counted.get(text) ?? 0) > units.length) return divided(chance, size);
  }
  return null;
}

function divided(a: Fraction, b: Fraction): Fraction {
  return reduced(a.over * b.under, a.under * b.over);
}

function fraction(text: string): Fraction {
  return readFraction(text) ?? { over: 0n, under: 1n };
}

function keyOf(stratum: string | undefined, id: string | undefined): string {
  return `${stratum}\u001f${id}`;
}

/** The number of a row as a spreadsheet shows it, with the head as the first. */
function spoken(at: number | undefined): number {
  return (at ?? 0) + 2;
}
