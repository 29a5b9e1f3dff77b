/**
 * What the commitment of a draw leaves open. It is over the canonical form of the tables, while the draw goes by the
 * cells as they stand: where cells differ only by what that form leaves out, one commitment has several draws, and
 * whoever knows the randomness could have chosen among them.
 */
import type { Row } from "./canonical.ts";
import { note, type Note } from "./notes.ts";
import { strip } from "./text.ts";

interface Tables {
  readonly roster: readonly Row[];
  readonly inspectors: readonly Row[];
  readonly conflicts: readonly Row[];
}

/** What parts cells, rows and hashed fields. */
const PARTING = /[\t\n\x1f]/;

/** The first that the commitment does not bind; null if it binds all that the draw goes by. */
export function leftOpen({ roster, inspectors, conflicts }: Tables): Note | null {
  return (
    blurred("roster", roster, 2) ?? blurred("inspectors", inspectors, 1) ?? blurred("conflicts", conflicts, 2) ??
    repeated("roster", roster) ?? repeated("inspectors", inspectors)
  );
}

/** A cell of the first columns that is not what is hashed of it, or any cell that could be read as two. */
function blurred(table: string, rows: readonly Row[], columns: number): Note | null {
  for (const [at, row] of rows.entries()) {
    for (const found of row.slice(0, columns)) {
      const canonical = strip(found).normalize("NFC");
      if (found !== canonical) return note("cell-blurred", { table, row: at + 2, found, canonical });
    }
    if (row.some((cell) => PARTING.test(strip(cell)))) return note("cell-parted", { table, row: at + 2 });
  }
  return null;
}

/** An identifier in two rows, whose order decides which of them counts. */
function repeated(table: string, rows: readonly Row[]): Note | null {
  const first = new Map<string, number>();
  for (const [at, [id]] of rows.entries()) {
    if (id === undefined) continue;
    const before = first.get(id);
    if (before !== undefined) return note("row-repeated", { table, row: at + 2, id, before: before + 2 });
    first.set(id, at);
  }
  return null;
}
