/** Tables in a form of which every copy has the same bytes, however its rows were ordered and its cells typed. */
import { hashParts, hashText } from "./hash.ts";
import type { HashName } from "./hash-name.ts";
import { compareRows, strip } from "./text.ts";

export type Row = readonly string[];

/** Cells stripped and in NFC, joined by tabs; rows in order of their stripped cells, each with a line feed. */
export function canonicalTable(rows: readonly Row[]): string {
  return rows
    .map((row) => row.map(strip))
    .sort(compareRows)
    .map((row) => `${row.map((cell) => cell.normalize("NFC")).join("\t")}\n`)
    .join("");
}

/** What is published before the randomness is known: one hash of each input. */
export interface Fingerprints {
  readonly frame: string;
  readonly inspectors: string;
  readonly conflicts: string;
  readonly plan: string;
}

/** The commitment that binds the four inputs; the hash is named in it unless it is SHA-256. */
export function commitmentOf(hash: HashName, prints: Fingerprints): string {
  const tag = hash === "sha256" ? "verifiable-draw-v1" : `verifiable-draw-v1-${hash}`;
  return hashParts(hash, tag, prints.frame, prints.inspectors, prints.conflicts, prints.plan);
}

/** The seed of every ticket: commitment and public randomness together. */
export function seedOf(hash: HashName, commitment: string, randomness: string): string {
  return hashParts(hash, "seed", commitment, randomness);
}

export function fingerprintsOf(
  hash: HashName,
  inputs: { readonly roster: readonly Row[]; readonly inspectors: readonly Row[]; readonly conflicts: readonly Row[]; readonly plan: string },
): Fingerprints {
  return {
    frame: hashText(hash, canonicalTable(inputs.roster)),
    inspectors: hashText(hash, canonicalTable(inputs.inspectors)),
    conflicts: hashText(hash, canonicalTable(inputs.conflicts)),
    plan: hashText(hash, inputs.plan),
  };
}
