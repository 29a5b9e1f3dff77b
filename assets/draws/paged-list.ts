/**
 * A long list of which the page shows a part: the worker keeps the rest.
 *
 * Template: a panel `[data-list=selected]` with a table, `[data-shown]` for "1–10 of 3,200", and
 * buttons `[data-go=back]` and `[data-go=on]`; the part `row-selected` has cells `[data-cell=place]` and so on.
 */
import { need } from "../islands/island.ts";
import { LINES_A_PAGE, type Line, type Listed } from "./protocol.ts";
import type { Words } from "./words.ts";

export class PagedList {
  private readonly panel: HTMLElement;
  private readonly name: Listed;
  private readonly words: Words;
  private readonly ask: (list: Listed, from: number) => void;
  private from = 0;
  private total = 0;

  constructor(panel: HTMLElement, name: Listed, words: Words, ask: (list: Listed, from: number) => void) {
    this.panel = panel;
    this.name = name;
    this.words = words;
    this.ask = ask;
    this.button("back").addEventListener("click", () => ask(name, Math.max(0, this.from - LINES_A_PAGE)));
    this.button("on").addEventListener("click", () => ask(name, this.from + LINES_A_PAGE));
  }

  /** Begins a list of so many lines; an empty one is not shown. */
  begin(total: number): void {
    this.total = total;
    this.panel.hidden = total === 0;
    if (total > 0) this.ask(this.name, 0);
  }

  show(from: number, lines: readonly Line[]): void {
    this.from = from;
    const to = from + lines.length;
    need(this.panel, "tbody").replaceChildren(...lines.map((line) => this.row(line)));
    need(this.panel, "[data-shown]").textContent = this.words.say("shown", { from: from + 1, to, total: this.total });
    need<HTMLElement>(this.panel, "[data-pager]").hidden = this.total <= LINES_A_PAGE;
    this.button("back").disabled = from === 0;
    this.button("on").disabled = to >= this.total;
  }

  private row(line: Line): HTMLElement {
    const row = this.words.part(`row-${this.name}`);
    const cells: Readonly<Record<string, string>> = {
      place: line.place.toLocaleString(), stratum: line.stratum, id: line.id, chance: line.chance,
      inspectors: line.inspectors === null ? "—" : line.inspectors.join(this.words.say("between")),
    };
    for (const cell of row.querySelectorAll<HTMLElement>("[data-cell]")) {
      cell.textContent = cells[cell.dataset["cell"] ?? ""] ?? "";
    }
    return row;
  }

  private button(go: "back" | "on"): HTMLButtonElement {
    return need(this.panel, `[data-go=${go}]`);
  }
}
