/** One line of a verification. */
import type { Note } from "./notes.ts";

/**
 * `differs` is where something is wrong; `follows` differs too, but only because of a line above; `computed` has
 * nothing to be compared with; `absent` could not be checked at all.
 */
export type State = "agrees" | "differs" | "follows" | "computed" | "absent";

export type CheckName =
  | "sources" | "announced" | "randomness" | "frame" | "inspectors" | "conflicts" | "plan"
  | "commitment" | "beforehand" | "seed" | "selected" | "assignment" | "tickets" | "document";

export interface Check {
  readonly name: CheckName;
  readonly state: State;
  /** The values that were compared, where they are short enough to be read; `null` where one is missing. */
  readonly published?: string | null;
  readonly computed?: string;
  readonly note?: Note | null;
}
