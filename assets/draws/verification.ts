/** One draw after the other, as the worker keeps them: verified at once, listed page by page, saved when asked. */
import { readBundle, readFiles, type Bundle } from "./bundle.ts";
import type { Report } from "./draw.ts";
import { LINES_A_PAGE, type Brought, type Line, type Listed, type Reply, type Request } from "./protocol.ts";
import { Refusal } from "./refusal.ts";
import type { Ticket } from "./tickets.ts";
import { verify, type Verdict } from "./verdict.ts";

export class Verification {
  private readonly reply: (reply: Reply) => void;
  private verdict: Verdict | null = null;
  private lists: Readonly<Record<Listed, readonly Ticket[]>> = { selected: [], reserve: [] };

  constructor(reply: (reply: Reply) => void) {
    this.reply = reply;
  }

  handle(request: Request): void {
    if (request.kind === "verify") this.verify(request.brought, request.beforehand);
    else if (request.kind === "page") this.page(request.list, request.from);
    else this.save();
  }

  private verify(brought: Brought, beforehand: string): void {
    this.verdict = null;
    try {
      this.report("reading", 0, 0);
      const bundle = read(brought);
      this.tell(bundle, verify(bundle, beforehand, this.report));
    } catch (fault) {
      this.reply({ kind: "refused", ...refusalOf(fault) });
    }
  }

  private readonly report: Report = (stage, done, total) => this.reply({ kind: "progress", stage, done, total });

  private tell({ isSimulated }: Bundle, verdict: Verdict): void {
    const { tickets, hash, assignment } = verdict.result;
    this.verdict = verdict;
    this.lists = {
      selected: tickets.filter(({ selected }) => selected),
      reserve: tickets.filter(({ selected }) => !selected),
    };
    const counts = { selected: this.lists.selected.length, reserve: this.lists.reserve.length };
    this.reply({
      kind: "verdict",
      told: { checks: verdict.checks, hash, counts, isSimulated, isAssigned: assignment !== null, leftOpen: verdict.leftOpen },
    });
  }

  private page(list: Listed, from: number): void {
    const lines = this.lists[list].slice(from, from + LINES_A_PAGE).map((ticket, at) => this.line(list, ticket, from + at));
    this.reply({ kind: "page", list, from, lines });
  }

  /** The selected count through all strata, in the order of the visits; the reserve in each by its rank. */
  private line(list: Listed, { stratum, id, chance, rank }: Ticket, at: number): Line {
    const isSelected = list === "selected";
    const inspectors = isSelected ? (this.verdict?.result.assignment?.get(id) ?? null) : null;
    return { place: isSelected ? at + 1 : rank, stratum, id, chance, inspectors };
  }

  private save(): void {
    if (this.verdict === null) return;
    this.reply({ kind: "saved", document: new Blob([this.verdict.text], { type: "application/json" }) });
  }
}

function read(brought: Brought): Bundle {
  return brought.kind === "bundle" ? readBundle(brought.bytes, brought.name) : readFiles(brought);
}

/** What was refused; a file too large for the browser's memory is told like any other. */
function refusalOf(fault: unknown): Pick<Refusal, "code" | "values"> {
  if (fault instanceof Refusal) return { code: fault.code, values: fault.values };
  if (fault instanceof RangeError) return { code: "too-large", values: {} };
  throw fault;
}
