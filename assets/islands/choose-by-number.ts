/**
 * Rows of choices taken by number: 1 takes the first choice of the row in which the focus is and goes on to the next
 * row, 0 takes the choice back.
 *
 * Template: `<form data-island="choose-by-number">` with a `[data-choices]` for each row that holds radio buttons and
 * may hold a text field, in which numbers stay numbers. Without script the radio buttons do the same.
 */
import type { Island } from "./island.ts";

function radiosOf(row: Element): HTMLInputElement[] {
  return [...row.querySelectorAll<HTMLInputElement>("input[type=radio]")];
}

function focusOn(row: Element | undefined): void {
  row?.querySelector<HTMLInputElement>("input[type=radio], input[type=text]")?.focus();
}

export const chooseByNumber: Island = (form) => {
  const rows = [...form.querySelectorAll("[data-choices]")];
  form.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    const row = target.closest("[data-choices]");
    const typing = target instanceof HTMLInputElement && target.type === "text";
    if (!row || typing || event.ctrlKey || event.altKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
    const radios = radiosOf(row);
    if (event.key === "0") {
      for (const radio of radios) radio.checked = false;
      return;
    }
    const chosen = radios[Number(event.key) - 1];
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = true;
    focusOn(rows[rows.indexOf(row) + 1]);
  });
  focusOn(rows[0]);
};
