/** The document that was published, as far as it holds what such a document holds. */
import type { Fingerprints } from "./canonical.ts";
import type { HashName } from "./hash-name.ts";
import type { Json } from "./json.ts";
import type { Ticket } from "./tickets.ts";

/** A part that is missing or of another kind is `null`. */
export interface Published {
  readonly prints: { readonly [Name in keyof Fingerprints]: string | null };
  readonly commitment: string | null;
  readonly seed: string | null;
  readonly selected: readonly string[] | null;
  readonly assignment: ReadonlyMap<string, readonly string[]> | "none" | null;
  readonly tickets: readonly Ticket[] | null;
  readonly whole: Map<string, Json>;
}

export function readPublished(result: Map<string, Json>, hash: HashName): Published {
  const text = (key: string): string | null => textOf(result.get(key));
  return {
    prints: {
      frame: text(`frame_${hash}`), inspectors: text(`inspectors_${hash}`),
      conflicts: text(`conflicts_${hash}`), plan: text(`plan_${hash}`),
    },
    commitment: text("commitment"),
    seed: text("seed"),
    selected: textsOf(result.get("selected")),
    assignment: assignmentOf(result.get("assignment")),
    tickets: ticketsIn(result.get("tickets")),
    whole: result,
  };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function textsOf(value: Json | undefined): string[] | null {
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : null;
}

function assignmentOf(value: Json | undefined): Published["assignment"] {
  if (value === null) return "none";
  if (!(value instanceof Map)) return null;
  const pairs = new Map<string, readonly string[]>();
  for (const [visit, inspectors] of value) {
    const names = textsOf(inspectors);
    if (names === null) return null;
    pairs.set(visit, names);
  }
  return pairs;
}

function ticketsIn(value: Json | undefined): Ticket[] | null {
  if (!Array.isArray(value)) return null;
  const tickets = value.map(ticketIn);
  return tickets.every((ticket) => ticket !== null) ? tickets : null;
}

function ticketIn(value: Json): Ticket | null {
  if (!(value instanceof Map)) return null;
  const [stratum, id, chance, number] = ["stratum", "id", "lam", "u_hex"].map((key) => textOf(value.get(key)));
  const [rank, selected] = [value.get("rank"), value.get("selected")];
  if (stratum == null || id == null || chance == null || number == null) return null;
  if (typeof rank !== "bigint" || typeof selected !== "boolean") return null;
  return { stratum, id, chance, number, rank: Number(rank), selected };
}
