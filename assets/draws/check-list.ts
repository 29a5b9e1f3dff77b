/**
 * The lines of a verification on the page.
 *
 * Template: `<li data-check="frame">` for each line, with an empty `[data-slot=state]`, `[data-slot=note]` and
 * `[data-slot=values]`; the parts `state-agrees` … and `values` to be copied.
 */
import { need } from "../islands/island.ts";
import type { Check, State } from "./check.ts";
import type { Words } from "./words.ts";

/** Fills the list in; how many lines stand in each state. */
export function showChecks(list: HTMLElement, checks: readonly Check[], words: Words): Record<State, number> {
  const counts: Record<State, number> = { agrees: 0, differs: 0, follows: 0, computed: 0, absent: 0 };
  for (const check of checks) {
    counts[check.state]++;
    const line = need<HTMLElement>(list, `[data-check="${check.name}"]`);
    line.dataset["state"] = check.state;
    need(line, "[data-slot=state]").replaceChildren(words.part(`state-${check.state}`));
    need(line, "[data-slot=note]").textContent = check.note == null ? "" : words.told(check.note);
    need(line, "[data-slot=values]").replaceChildren(...values(check, words));
  }
  return counts;
}

/** One value where both are the same or there is one only, else the published above the computed. */
function values({ state, published, computed }: Check, words: Words): HTMLElement[] {
  if (published === undefined && computed === undefined) return [];
  if (state === "agrees" || published === undefined) return [value("value", computed ?? published ?? "", words)];
  const lines = [value("published", published ?? words.say("missing"), words)];
  return computed === undefined ? lines : [...lines, value("computed", computed, words)];
}

function value(part: string, text: string, words: Words): HTMLElement {
  const line = words.part(part);
  need(line, "code").textContent = text;
  return line;
}
