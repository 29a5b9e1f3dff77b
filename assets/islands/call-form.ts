/**
 * The form of a call: Ctrl+Enter opens the case from any field, and the time since the call began is shown.
 *
 * Template: `<form data-island="call-form">` with the primary submit button first among its buttons, an input called
 * `began_at`, and an element `[data-elapsed]`. Without script the buttons do the same. Buttons with `data-category`
 * anywhere on the page, or Alt and their place among them, choose that category.
 */
import { need, type Island } from "./island.ts";

const SECOND_MS = 1_000;

function elapsedSince(began: number): string {
  const seconds = Math.max(0, Math.floor((Date.now() - began) / SECOND_MS));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function suggestedCategories(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-category]")];
}

/** Fills the category as if it had been chosen in its list, and goes on there. */
function takeCategory(form: HTMLFormElement, button: HTMLElement): void {
  const name = need<HTMLInputElement>(form, "[name=category_text]");
  const chosen = need<HTMLInputElement>(form, "[name=category]");
  name.value = button.textContent?.trim() ?? "";
  chosen.value = button.dataset["category"] ?? "";
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
  name.focus();
}

export const callForm: Island = (root) => {
  const form = root as HTMLFormElement;
  const shown = need<HTMLElement>(form, "[data-elapsed]");
  const open = need<HTMLButtonElement>(form, "button[type=submit]");
  const began = Date.now();
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(open);
  });
  document.addEventListener("keydown", (event) => {
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (event.altKey && digit !== undefined) suggestedCategories()[Number(digit) - 1]?.click();
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-category]");
    if (button !== null) takeCategory(form, button);
  });
  window.setInterval(() => (shown.textContent = elapsedSince(began)), SECOND_MS);
};

/** Takes the focus when the page is shown, so that Enter goes on. */
export const focusHere: Island = (root) => root.focus();
