/**
 * A text input that suggests records and fills a hidden id: the ARIA 1.2 combobox with a list box.
 *
 * Template: `data-island="typeahead" data-suggest-url="/buildings/suggest" data-text-none data-text-count`
 * around `<input type="text">` and `<input type="hidden">`. The URL is asked with `?q=…` (and with the value of
 * `data-within="#select"` as `within`) and answers `[{"id": 1, "label": "…", "note": "…"}]`.
 * Typing again clears the id: a text never points at a record it does not name.
 */
import { fetchJson, need, text, type Island } from "./island.ts";

interface Suggestion {
  readonly id: number | string;
  readonly label: string;
  readonly note?: string;
}

const PAUSE_MS = 200;
let listNumber = 0;

class Typeahead {
  private readonly input: HTMLInputElement;
  private readonly chosen: HTMLInputElement;
  private readonly list = document.createElement("ul");
  private readonly status = document.createElement("span");
  private suggestions: readonly Suggestion[] = [];
  private active = -1;
  private timer = 0;
  private request = new AbortController();

  constructor(private readonly root: HTMLElement) {
    this.input = need(root, "input[type=text], input[type=search]");
    this.chosen = need(root, "input[type=hidden]");
    root.classList.add("zc-combobox");
    this.prepareList();
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
  }

  private prepareList(): void {
    this.list.id = `suggestions-${++listNumber}`;
    this.list.className = "zc-suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", text(this.root, "list") || this.input.name);
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.root.append(this.list, this.status);
    const attributes = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.autocomplete = "off";
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault(); // keep the focus in the input
      const item = (event.target as Element).closest<HTMLElement>("[data-index]");
      if (item) this.choose(Number(item.dataset["index"]));
    });
  }

  private typed(): void {
    this.chosen.value = "";
    clearTimeout(this.timer);
    this.request.abort();
    if (this.input.value.trim() === "") this.close();
    else this.timer = window.setTimeout(() => void this.ask(), PAUSE_MS);
  }

  private async ask(): Promise<void> {
    this.request = new AbortController();
    const signal = this.request.signal;
    const url = new URL(this.root.dataset["suggestUrl"] ?? "", location.href);
    url.searchParams.set("q", this.input.value.trim());
    const within = this.root.dataset["within"];
    const scope = within === undefined ? null : document.querySelector<HTMLInputElement>(within);
    if (scope?.value) url.searchParams.set("within", scope.value);
    const found = await fetchJson<Suggestion[]>(url, signal);
    if (found !== null && !signal.aborted) this.show(found);
  }

  private show(found: readonly Suggestion[]): void {
    this.suggestions = found;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...(found.length > 0 ? found.map((one, index) => this.option(one, index)) : [this.none()]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.status.textContent = text(this.root, found.length > 0 ? "count" : "none", { count: String(found.length) });
  }

  private option(one: Suggestion, index: number): HTMLLIElement {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.dataset["index"] = String(index);
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.textContent = one.label;
    if (one.note) {
      const note = document.createElement("small");
      note.textContent = one.note;
      item.append(note);
    }
    return item;
  }

  private none(): HTMLLIElement {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.textContent = text(this.root, "none");
    return item;
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden && this.input.value.trim() !== "") void this.ask();
      else this.move(event.key === "ArrowDown" ? 1 : -1);
    }
  }

  private move(by: number): void {
    const count = this.suggestions.length;
    if (count === 0) return;
    this.active = this.active < 0 && by < 0 ? count - 1 : (this.active + by + count) % count;
    for (const item of this.list.querySelectorAll<HTMLElement>("[data-index]")) {
      const here = Number(item.dataset["index"]) === this.active;
      item.setAttribute("aria-selected", String(here));
      if (!here) continue;
      item.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", item.id);
    }
  }

  private choose(index: number): void {
    const one = this.suggestions[index];
    if (one === undefined) return;
    this.input.value = one.label;
    this.chosen.value = String(one.id);
    this.chosen.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  private close(): void {
    clearTimeout(this.timer);
    this.request.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

export const typeahead: Island = (root) => void new Typeahead(root);
