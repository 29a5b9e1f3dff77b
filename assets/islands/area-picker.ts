/**
 * A cascade of selects (city → county → township → village) that fetches the children of what was chosen.
 *
 * Template: `data-island="area-picker" data-children-url="/areas/children"`, one `<select data-level="0…n">` a
 * level, each with a first empty option; a `[data-without-script]` button is hidden. The URL is asked with
 * `?parent=ID` and answers `[{"id": 1, "name": "…"}]`.
 */
import { fetchJson, type Island } from "./island.ts";

interface Area {
  readonly id: number | string;
  readonly name: string;
}

export const areaPicker: Island = (root) => {
  const selects = [...root.querySelectorAll<HTMLSelectElement>("select[data-level]")];
  const base = root.dataset["childrenUrl"];
  if (base === undefined) return;
  for (const part of root.querySelectorAll<HTMLElement>("[data-without-script]")) part.hidden = true;
  let asked = 0;

  selects.forEach((select, level) => {
    select.addEventListener("change", async () => {
      const ticket = ++asked;
      const below = selects.slice(level + 1);
      for (const child of below) empty(child);
      const next = below[0];
      if (next === undefined || select.value === "") return;
      root.setAttribute("aria-busy", "true");
      const url = new URL(base, location.href);
      url.searchParams.set("parent", select.value);
      const areas = await fetchJson<Area[]>(url);
      if (ticket !== asked) return; // a later choice has overtaken this answer
      root.removeAttribute("aria-busy");
      if (areas === null) showButtons(root);
      else fill(next, areas);
    });
  });
  for (const [level, select] of selects.entries()) {
    select.disabled = level > 0 && select.options.length <= 1;
  }
};

function empty(select: HTMLSelectElement): void {
  select.length = Math.min(select.length, 1);
  select.selectedIndex = 0;
  select.disabled = true;
}

function fill(select: HTMLSelectElement, areas: readonly Area[]): void {
  for (const area of areas) select.add(new Option(area.name, String(area.id)));
  select.disabled = areas.length === 0;
}

/** The network failed: give the server-side way back. */
function showButtons(root: HTMLElement): void {
  for (const part of root.querySelectorAll<HTMLElement>("[data-without-script]")) part.hidden = false;
  for (const select of root.querySelectorAll("select")) select.disabled = false;
}
