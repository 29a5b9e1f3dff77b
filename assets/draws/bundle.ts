/** What people bring: a bundle of the format `zhicheng-draw-1`, or the four files of a draw and its randomness. */
import type { Row } from "./canonical.ts";
import { readCsv } from "./csv.ts";
import type { Inputs } from "./draw.ts";
import { isHashName, type HashName } from "./hash-name.ts";
import { compactJson, readJson, type Json } from "./json.ts";
import { Refusal } from "./refusal.ts";
import type { Table } from "./roster.ts";
import { decodeUtf8, strip } from "./text.ts";

export const FORMAT = "zhicheng-draw-1";

export interface Bundle {
  readonly inputs: Inputs;
  /** Whether the plan stood in it as the text that is hashed. */
  readonly isPlanCanonical: boolean;
  /** The events that the randomness comes from; nothing if it was given as it is. */
  readonly sources: readonly string[] | null;
  /** The published document; nothing if there is none to compare with. */
  readonly published: Map<string, Json> | null;
  /** Whether it says of itself that it is made up. */
  readonly isSimulated: boolean;
}

/** The bundle in a file; refuses whatever is none and names the part that is wrong. */
export function readBundle(bytes: ArrayBuffer | Uint8Array, name: string): Bundle {
  const bundle = readJson(decodeUtf8(bytes, name), name);
  if (!(bundle instanceof Map)) throw new Refusal("no-bundle", { file: name });
  if (!bundle.has("format") && bundle.has("commitment")) throw new Refusal("only-result", { file: name });
  if (bundle.get("format") !== FORMAT) throw new Refusal("no-bundle", { file: name });
  const hash = bundle.get("hash");
  if (!isHashName(hash)) throw new Refusal("bundle-part", { part: "hash" });
  const randomness = mapIn(bundle, "randomness");
  const plan = bundle.get("plan");
  if (typeof plan !== "string") throw new Refusal("bundle-part", { part: "plan" });
  const canonical = compactJson(readJson(plan, "plan"));
  return {
    inputs: {
      hash, plan: canonical,
      roster: rowsIn(bundle, "roster"), inspectors: rowsIn(bundle, "inspectors"), conflicts: rowsIn(bundle, "conflicts"),
      randomness: textIn(randomness),
    },
    sources: sourcesIn(randomness),
    isPlanCanonical: plan === canonical,
    published: mapIn(bundle, "result"),
    isSimulated: bundle.get("simulated") === true,
  };
}

/** The files of a draw by what they hold, and the randomness as somebody typed it. */
export interface Files {
  readonly hash: HashName;
  readonly roster: Uint8Array;
  readonly inspectors: Uint8Array;
  readonly conflicts: Uint8Array;
  readonly plan: Uint8Array;
  readonly result: Uint8Array | null;
  readonly randomness: string;
}

/** The same as a bundle; the randomness in lower case, as it enters the seed. */
export function readFiles(files: Files): Bundle {
  const randomness = strip(files.randomness).toLowerCase();
  if (randomness === "") throw new Refusal("no-randomness");
  return {
    inputs: {
      hash: files.hash,
      roster: rowsOf(files.roster, "roster"),
      inspectors: rowsOf(files.inspectors, "inspectors"),
      conflicts: rowsOf(files.conflicts, "conflicts"),
      plan: compactJson(readJson(decodeUtf8(files.plan, "plan"), "plan")),
      randomness,
    },
    isPlanCanonical: true,
    sources: null,
    published: files.result === null ? null : readResult(files.result),
    isSimulated: false,
  };
}

function readResult(bytes: Uint8Array): Map<string, Json> {
  const result = readJson(decodeUtf8(bytes, "result"), "result");
  if (!(result instanceof Map && result.has("commitment"))) throw new Refusal("no-result");
  return result;
}

function rowsOf(bytes: Uint8Array, table: Table): Row[] {
  return readCsv(decodeUtf8(bytes, table), table).slice(1);
}

function rowsIn(bundle: ReadonlyMap<string, Json>, part: Table): Row[] {
  const rows = bundle.get(part);
  if (!Array.isArray(rows) || !rows.every(isRow)) throw new Refusal("bundle-part", { part });
  return rows;
}

function isRow(row: Json): row is string[] {
  return Array.isArray(row) && row.every((one) => typeof one === "string");
}

function mapIn(bundle: ReadonlyMap<string, Json>, part: string): Map<string, Json> {
  const found = bundle.get(part);
  if (!(found instanceof Map)) throw new Refusal("bundle-part", { part });
  return found;
}

/** In lower case, as it enters the seed. */
function textIn(randomness: ReadonlyMap<string, Json>): string {
  const text = randomness.get("text");
  if (typeof text !== "string") throw new Refusal("bundle-part", { part: "randomness.text" });
  return text.toLowerCase();
}

function sourcesIn(randomness: ReadonlyMap<string, Json>): string[] | null {
  const sources = randomness.get("sources") ?? [];
  if (!isRow(sources)) throw new Refusal("bundle-part", { part: "randomness.sources" });
  return sources.length === 0 ? null : sources;
}
