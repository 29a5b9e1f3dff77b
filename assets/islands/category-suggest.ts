/**
 * Categories that what somebody writes may belong to, as buttons that choose them in the form's list.
 *
 * Template: inside a form with `[name=category]`, `[name=description]` and the token, an empty
 * `<div data-island="category-suggest" data-url data-text-ask data-text-taken aria-live="polite">`. The answer is JSON:
 * `[{code, label}]`. Nothing is chosen by itself, nothing is asked once a category is chosen, and without script the
 * list is chosen from as ever.
 */
import { need, text as word, type Island } from "./island.ts";

interface Suggested {
  readonly code: string;
  readonly label: string;
}

const PAUSE_MS = 700;
const SHORTEST = 6;

async function ask(url: string, form: HTMLFormElement, text: string): Promise<readonly Suggested[]> {
  const body = new FormData();
  body.set("description", text);
  body.set("csrfmiddlewaretoken", need<HTMLInputElement>(form, "[name=csrfmiddlewaretoken]").value);
  const answer = await fetch(url, { method: "POST", body });
  return answer.ok ? ((await answer.json()) as Suggested[]) : [];
}

export const categorySuggest: Island = (root) => {
  const form = root.closest("form") as HTMLFormElement;
  const category = need<HTMLSelectElement>(form, "[name=category]");
  const description = need<HTMLTextAreaElement>(form, "[name=description]");
  let timer = 0;
  let asked = "";

  const take = (one: Suggested): void => {
    category.value = one.code;
    category.dispatchEvent(new Event("change", { bubbles: true }));
    root.textContent = `${word(root, "taken")} ${one.label}`;
  };

  const show = (found: readonly Suggested[]): void => {
    root.replaceChildren();
    if (found.length === 0 || category.value !== "") return;
    const lead = document.createElement("span");
    lead.textContent = word(root, "ask");
    root.append(lead);
    for (const one of found) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-quiet btn-small";
      button.textContent = one.label;
      button.addEventListener("click", () => {
        take(one);
        category.focus();
      });
      root.append(button);
    }
  };

  const consider = async (): Promise<void> => {
    const text = description.value.trim();
    if (category.value !== "" || text.length < SHORTEST || text === asked) return;
    asked = text;
    const found = await ask(root.dataset["url"] ?? "", form, text).catch(() => []);
    if (description.value.trim() === text) show(found);
  };

  description.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void consider(), PAUSE_MS);
  });
  category.addEventListener("change", () => {
    root.replaceChildren();
  });
};
