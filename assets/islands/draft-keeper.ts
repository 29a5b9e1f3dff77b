/**
 * Keeps what was typed into a long form on this device until the form is sent.
 *
 * Template: `<form data-island="draft-keeper" data-draft-key="complaint" data-text-restored="…" data-text-discard="…">`.
 * Only fields with `data-draft` are kept: the template names them, and never one that holds personal data
 * (a shared computer must not show the next person who complained). A draft is forgotten after a week, or when a
 * page arrives that says the form was received: `<div data-island="draft-keeper" data-draft-key="…" data-received>`.
 */
import { text, type Island } from "./island.ts";

type Kept = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Draft {
  readonly savedAt: number;
  readonly values: Readonly<Record<string, string>>;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** The stored draft, unless there is none, it is unreadable, or it is older than a week. */
export function readDraft(stored: string | null, now: number): Draft | null {
  if (stored === null) return null;
  try {
    const draft = JSON.parse(stored) as Draft;
    return now - draft.savedAt < WEEK_MS && typeof draft.values === "object" ? draft : null;
  } catch {
    return null;
  }
}

export const draftKeeper: Island = (root) => {
  const key = `zhicheng-draft:${root.dataset["draftKey"] ?? location.pathname}`;
  const form = root.closest("form");
  if (root.dataset["received"] !== undefined) localStorage.removeItem(key);
  if (form === null) return;
  const fields = [...form.querySelectorAll<Kept>("[data-draft]")];

  const draft = readDraft(localStorage.getItem(key), Date.now());
  if (draft === null) localStorage.removeItem(key);
  else if (restore(fields, draft)) form.prepend(note(root, form, key));

  form.addEventListener("input", () => {
    const values = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    localStorage.setItem(key, JSON.stringify({ savedAt: Date.now(), values } satisfies Draft));
  });
};

/** Fill the fields that are empty; whether any was filled. */
function restore(fields: readonly Kept[], draft: Draft): boolean {
  let filled = false;
  for (const field of fields) {
    const value = draft.values[field.name];
    if (!value || field.value !== "") continue;
    field.value = value;
    filled = true;
  }
  return filled;
}

function note(root: HTMLElement, form: HTMLFormElement, key: string): HTMLElement {
  const line = document.createElement("p");
  const button = document.createElement("button");
  line.className = "zc-draft-note";
  line.setAttribute("role", "status");
  line.textContent = text(root, "restored");
  button.type = "button";
  button.className = "btn btn-plain btn-small";
  button.textContent = text(root, "discard");
  button.addEventListener("click", () => {
    localStorage.removeItem(key);
    form.reset();
    line.remove();
  });
  line.append(button);
  return line;
}
