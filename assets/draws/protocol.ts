/** What the page asks of the worker that computes, and what it is told. */
import type { Check } from "./check.ts";
import type { Stage } from "./draw.ts";
import type { HashName } from "./hash-name.ts";
import type { Note } from "./notes.ts";

/** The bytes of a bundle, or of the files of a draw by what they hold. */
export type Brought =
  | { readonly kind: "bundle"; readonly bytes: Uint8Array; readonly name: string }
  | {
      readonly kind: "files"; readonly hash: HashName; readonly randomness: string;
      readonly roster: Uint8Array; readonly inspectors: Uint8Array; readonly conflicts: Uint8Array;
      readonly plan: Uint8Array; readonly result: Uint8Array | null;
    };

export type Listed = "selected" | "reserve";

export type Request =
  | { readonly kind: "verify"; readonly brought: Brought; readonly beforehand: string }
  | { readonly kind: "page"; readonly list: Listed; readonly from: number }
  | { readonly kind: "save" };

/** One line of a list; whoever is in reserve has no inspectors. */
export interface Line {
  readonly place: number;
  readonly stratum: string;
  readonly id: string;
  readonly chance: string;
  readonly inspectors: readonly string[] | null;
}

export interface Told {
  readonly checks: readonly Check[];
  readonly hash: HashName;
  readonly counts: Readonly<Record<Listed, number>>;
  /** Whether somebody marked the draw as made up. */
  readonly isSimulated: boolean;
  /** Whether the inspectors suffice for every visit. */
  readonly isAssigned: boolean;
  /** What the commitment does not bind, if anything. */
  readonly leftOpen: Note | null;
}

export type Reply =
  | { readonly kind: "progress"; readonly stage: Stage; readonly done: number; readonly total: number }
  | { readonly kind: "verdict"; readonly told: Told }
  | { readonly kind: "refused"; readonly code: string; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: "page"; readonly list: Listed; readonly from: number; readonly lines: readonly Line[] }
  | { readonly kind: "saved"; readonly document: Blob };

export const LINES_A_PAGE = 10;
