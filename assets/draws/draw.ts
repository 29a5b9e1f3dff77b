/** A whole draw, from its inputs to the document that is published. */
import { assign, type Assignment } from "./assignment.ts";
import { commitmentOf, fingerprintsOf, seedOf, type Fingerprints, type Row } from "./canonical.ts";
import type { HashName } from "./hash-name.ts";
import { indentedJson, type Json } from "./json.ts";
import { perVisitOf, placesOf, readPlan, sizesByStratum, type Plan } from "./roster.ts";
import { ticketsOf, type Ticket } from "./tickets.ts";

/** Rows as the tables hold them, without the head, cells as they stand; `plan` is the canonical text. */
export interface Inputs {
  readonly hash: HashName;
  readonly roster: readonly Row[];
  readonly inspectors: readonly Row[];
  readonly conflicts: readonly Row[];
  readonly plan: string;
  readonly randomness: string;
}

export interface Outcome {
  readonly selected: readonly string[];
  readonly assignment: Assignment;
  readonly tickets: readonly Ticket[];
}

export interface Result extends Outcome {
  readonly hash: HashName;
  readonly prints: Fingerprints;
  readonly commitment: string;
  readonly seed: string;
}

export type Stage = "reading" | "hashing" | "tickets" | "pairs" | "comparing";
/** Says what is being done and how much of it is done. */
export type Report = (stage: Stage, done: number, total: number) => void;

const SILENT: Report = () => {};

/** Everything that follows from the inputs; refuses what the definition cannot compute. */
export function draw(inputs: Inputs, report: Report = SILENT): Result {
  report("hashing", 0, 1);
  const prints = fingerprintsOf(inputs.hash, inputs);
  const commitment = commitmentOf(inputs.hash, prints);
  const seed = seedOf(inputs.hash, commitment, inputs.randomness);
  return { hash: inputs.hash, prints, commitment, seed, ...outcomeOf(inputs, seed, report) };
}

/** What a seed decides: tickets, selection and pairs. */
export function outcomeOf(inputs: Inputs, seed: string, report: Report = SILENT): Outcome {
  const plan = readPlan(inputs.plan);
  const tickets = drawTickets(inputs, plan, seed, report);
  const selected = tickets.filter((ticket) => ticket.selected).map((ticket) => ticket.id);
  const perVisit = selected.length === 0 ? 0 : perVisitOf(plan);
  const assignment = assign(
    inputs.hash, seed, selected, perVisit, inputs.inspectors, inputs.conflicts,
    (done, total) => report("pairs", done, total),
  );
  return { selected, assignment, tickets };
}

function drawTickets(inputs: Inputs, plan: Plan, seed: string, report: Report): Ticket[] {
  const tickets: Ticket[] = [];
  const strata = sizesByStratum(inputs.roster, plan);
  const total = [...strata.values()].reduce((sum, sizes) => sum + sizes.size, 0);
  let before = 0;
  for (const [stratum, sizes] of strata) {
    if (sizes.size === 0) continue;
    const drawn = ticketsOf(
      inputs.hash, seed, stratum, sizes, placesOf(plan, stratum),
      (done) => report("tickets", before + done, total),
    );
    before += sizes.size;
    for (const ticket of drawn) tickets.push(ticket);
  }
  return tickets;
}

/** The published document: the same bytes as the definition writes. */
export function resultText(result: Result): string {
  const { hash, prints } = result;
  const head = indentedJson(new Map<string, Json>([
    [`frame_${hash}`, prints.frame],
    [`inspectors_${hash}`, prints.inspectors],
    [`conflicts_${hash}`, prints.conflicts],
    [`plan_${hash}`, prints.plan],
    ["commitment", result.commitment],
    ["seed", result.seed],
    ["selected", [...result.selected]],
    ["assignment", result.assignment],
  ]));
  const tickets = result.tickets.map(ticketText).join(",");
  return `${head.slice(0, -2)},\n "tickets": ${tickets === "" ? "[]" : `[${tickets}\n ]`}\n}`;
}

/** Many thousands of these are written: by hand, without a map each. */
function ticketText({ stratum, id, chance, number, rank, selected }: Ticket): string {
  return `\n  {\n   "stratum": ${JSON.stringify(stratum)},\n   "id": ${JSON.stringify(id)},\n   "lam": "${chance}",` +
    `\n   "u_hex": "${number}",\n   "rank": ${rank},\n   "selected": ${selected}\n  }`;
}
