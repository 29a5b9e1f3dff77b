/** What of a published draw agrees with what follows from its inputs, line by line. */
import type { Bundle } from "./bundle.ts";
import { commitmentOf, seedOf } from "./canonical.ts";
import type { Check, CheckName } from "./check.ts";
import { assignmentDiffers, selectionDiffers, ticketsDiffer } from "./differences.ts";
import { leftOpen } from "./doubts.ts";
import { draw, outcomeOf, resultText, type Outcome, type Report, type Result } from "./draw.ts";
import { indentedJson } from "./json.ts";
import { note, type Note } from "./notes.ts";
import { readPublished, type Published } from "./published.ts";
import { randomnessChecks } from "./randomness-checks.ts";
import { isOfRoster } from "./roster-differences.ts";
import { readPlan } from "./roster.ts";
import { strip } from "./text.ts";

export interface Verdict {
  readonly checks: readonly Check[];
  readonly result: Result;
  /** The recomputed document, byte for byte as it would be published. */
  readonly text: string;
  /** What the commitment does not bind, if anything. */
  readonly leftOpen: Note | null;
}

const INPUTS = ["frame", "inspectors", "conflicts", "plan"] as const;
const OUTCOME = ["selected", "assignment", "tickets"] as const;

/**
 * Recomputes the draw of a bundle and compares. Refuses inputs from which nothing can be computed.
 *
 * `beforehand` is the commitment as it was made public before the drawing, where somebody has it: only that shows that
 * the inputs are still the same.
 */
export function verify(bundle: Bundle, beforehand = "", report?: Report): Verdict {
  const result = draw(bundle.inputs, report);
  const text = resultText(result);
  const published = bundle.published === null ? null : readPublished(bundle.published, bundle.inputs.hash);
  const inputs = INPUTS.map((name): Check => {
    const check = compared(name, result.prints[name], published, ({ prints }) => prints[name]);
    if (name !== "plan" || bundle.isPlanCanonical) return check;
    return { ...check, state: "differs", note: note("plan-not-canonical") };
  });
  const checks = [
    ...randomnessChecks(bundle, readPlan(bundle.inputs.plan).announced),
    ...inputs,
    commitmentCheck(result, published),
    beforehandCheck(result.commitment, beforehand),
    seedCheck(bundle, result, published),
    ...outcomeChecks(bundle, result, published, report),
  ];
  const judged = blamed(checks);
  const open = leftOpen(bundle.inputs);
  return { checks: [...judged, documentCheck(text, judged, published)], result, text, leftOpen: open };
}

function compared(
  name: CheckName, computed: string, against: Published | null, theirs: (against: Published) => string | null,
): Check {
  if (against === null) return { name, state: "computed", computed };
  const published = theirs(against);
  return { name, state: published === computed ? "agrees" : "differs", published, computed };
}

/** A commitment that differs is in itself right if it binds the hashes that were published with it. */
function commitmentCheck({ hash, commitment }: Result, published: Published | null): Check {
  const check = compared("commitment", commitment, published, (against) => against.commitment);
  if (check.state !== "differs" || published === null) return check;
  const { frame, inspectors, conflicts, plan } = published.prints;
  if (frame === null || inspectors === null || conflicts === null || plan === null) return check;
  const bound = commitmentOf(hash, { frame, inspectors, conflicts, plan });
  return bound === published.commitment ? { ...check, state: "follows" } : check;
}

/** Against what was public before the drawing: a bundle by itself agrees with itself even if all of it was changed. */
function beforehandCheck(commitment: string, typed: string): Check {
  const [name, published] = ["beforehand" as const, strip(typed).toLowerCase()];
  if (published === "") return { name, state: "absent", note: note("compare-beforehand") };
  return { name, state: published === commitment ? "agrees" : "differs", published, computed: commitment };
}

/** A seed that differs is in itself right if it comes from the published commitment and this randomness. */
function seedCheck({ inputs }: Bundle, result: Result, published: Published | null): Check {
  const check = compared("seed", result.seed, published, (against) => against.seed);
  if (check.state !== "differs" || published === null) return check;
  const { commitment, seed } = published;
  if (commitment !== null && seedOf(inputs.hash, commitment, inputs.randomness) === seed) return { ...check, state: "follows" };
  return { ...check, note: note("other-randomness") };
}

/**
 * Selection, assignment and tickets. With another seed everything differs, so what was published is also compared
 * with what its own seed gives: only that tells whether roster and plan are to blame, and which row.
 */
function outcomeChecks(bundle: Bundle, result: Result, published: Published | null, report?: Report): Check[] {
  if (published === null) return OUTCOME.map((name) => ({ name, state: "computed" }));
  report?.("comparing", 0, 1);
  const direct = differences(published, result, bundle);
  const isOtherSeed = published.seed !== null && published.seed !== result.seed;
  const own = isOtherSeed ? differences(published, outcomeOf(bundle.inputs, published.seed ?? "", report), bundle) : direct;
  return OUTCOME.map((name, at) => {
    if (direct[at] == null) return { name, state: "agrees" };
    return own[at] == null ? { name, state: "follows" } : { name, state: "differs", note: own[at] };
  });
}

function differences(published: Published, { selected, assignment, tickets }: Outcome, { inputs }: Bundle): (Note | null)[] {
  const missing = note("not-published");
  return [
    published.selected === null ? missing : selectionDiffers(published.selected, selected),
    published.assignment === null ? missing : assignmentDiffers(published.assignment, assignment),
    published.tickets === null ? missing : ticketsDiffer(published.tickets, tickets, inputs.roster),
  ];
}

/**
 * Where an input is not the published one, the outcome cannot but differ: the blame is the input's. What the tickets
 * tell of a row stands beside the roster.
 */
function blamed(checks: readonly Check[]): Check[] {
  const wrong = checks.filter(({ name, state }) => state === "differs" && INPUTS.some((one) => one === name));
  if (wrong.length === 0) return [...checks];
  const found = checks.find(({ name }) => name === "tickets")?.note;
  const row = found != null && isOfRoster(found) ? found : note("row-not-found");
  return checks.map((check) => {
    if (check.name === "frame" && check.state === "differs") return { ...check, note: row };
    return check.state === "differs" && OUTCOME.some((one) => one === check.name) ? { ...check, state: "follows" } : check;
  });
}

/** Whether the published document has the same bytes; that it has not follows where a part of it differs. */
function documentCheck(text: string, checks: readonly Check[], published: Published | null): Check {
  const name = "document";
  if (published === null) return { name, state: "computed" };
  if (indentedJson(published.whole) === text) return { name, state: "agrees" };
  return { name, state: checks.some(({ state }) => state === "differs" || state === "follows") ? "follows" : "differs" };
}
