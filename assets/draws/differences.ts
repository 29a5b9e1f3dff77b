/** Where two outcomes of a draw first part, told so that somebody can look it up. */
import type { Row } from "./canonical.ts";
import type { Outcome } from "./draw.ts";
import { note, type Note } from "./notes.ts";
import type { Published } from "./published.ts";
import { rosterDiffers } from "./roster-differences.ts";
import type { Ticket } from "./tickets.ts";

/** The first place at which the selections differ; nothing if they do not. */
export function selectionDiffers(published: readonly string[], computed: readonly string[]): Note | null {
  const length = Math.max(published.length, computed.length);
  for (let at = 0; at < length; at++) {
    const [theirs, ours] = [published[at], computed[at]];
    if (theirs !== ours) return note("place-differs", { place: at + 1, published: theirs ?? "—", computed: ours ?? "—" });
  }
  return null;
}

/** The first visit whose inspectors differ; nothing if none does. */
export function assignmentDiffers(published: Exclude<Published["assignment"], null>, computed: Outcome["assignment"]): Note | null {
  if (published === "none" || computed === null) {
    if (published === "none" && computed === null) return null;
    return note(computed === null ? "pairs-impossible" : "pairs-possible");
  }
  for (const visit of new Set([...computed.keys(), ...published.keys()])) {
    const [theirs, ours] = [shown(published.get(visit)), shown(computed.get(visit))];
    if (theirs !== ours) return note("visit-differs", { visit, published: theirs, computed: ours });
  }
  return null;
}

function shown(names: readonly string[] | undefined): string {
  return names === undefined ? "—" : `[${names.join(", ")}]`;
}

/** The first ticket that differs: if a row of the roster explains it, that row. Nothing if all agree. */
export function ticketsDiffer(published: readonly Ticket[], computed: readonly Ticket[], roster: readonly Row[]): Note | null {
  const at = Math.max(published.length, computed.length);
  for (let place = 0; place < at; place++) {
    const [theirs, ours] = [published[place], computed[place]];
    if (theirs !== undefined && ours !== undefined && isSame(theirs, ours)) continue;
    return rosterDiffers(published, computed, roster) ?? note("ticket-differs", {
      place: place + 1, published: ticketShown(theirs), computed: ticketShown(ours),
    });
  }
  return null;
}

function isSame(a: Ticket, b: Ticket): boolean {
  return a.id === b.id && a.chance === b.chance && a.number === b.number && a.rank === b.rank &&
    a.selected === b.selected && a.stratum === b.stratum;
}

function ticketShown(ticket: Ticket | undefined): string {
  return ticket === undefined ? "—" : `${ticket.id}, λ = ${ticket.chance}, ${ticket.number.slice(0, 12)}…, ${ticket.rank}`;
}
