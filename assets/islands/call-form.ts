/**
 * The form of a call: Ctrl+Enter opens the case from any field, and the time since the call began is shown.
 *
 * Template: `<form data-island="call-form">` with the primary submit button first among its buttons, an input called
 * `began_at`, and an element `[data-elapsed]`. Without script the buttons do the same.
 */
import { need, type Island } from "./island.ts";

const SECOND_MS = 1_000;

function elapsedSince(began: number): string {
  const seconds = Math.max(0, Math.floor((Date.now() - began) / SECOND_MS));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
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
  window.setInterval(() => (shown.textContent = elapsedSince(began)), SECOND_MS);
};

/** Takes the focus when the page is shown, so that Enter goes on. */
export const focusHere: Island = (root) => root.focus();
