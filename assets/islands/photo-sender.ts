/**
 * Sends forms that hold photographs without leaving the page.
 *
 * A browser empties the file fields of a form that comes back, and a lost connection takes the whole page away. Here
 * what the server answers takes the page's place, and unless it led elsewhere, the photographs are put into its fields of
 * the same names. Without script, and without a photograph, forms are sent as ever.
 *
 * Template: `photo-input` around the file field has the words, `data-text-sending` and `data-text-unsent`; what says that
 * photographs have to be chosen again is marked `data-photos-lost`.
 */
import { text } from "./island.ts";

type Chosen = ReadonlyMap<string, FileList>;

const PHOTOS = "[data-island=photo-input]";

/** Takes over every form with photographs from now on; `mount` brings a page to life that was put in place. */
export function sendPhotosInPlace(mount: () => void): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    const photos = chosenIn(form);
    if (photos.size === 0) return;
    event.preventDefault();
    void send(form, event.submitter, photos, mount);
  });
}

function chosenIn(form: HTMLFormElement): Chosen {
  const chosen = new Map<string, FileList>();
  for (const field of form.querySelectorAll<HTMLInputElement>(`${PHOTOS} input[type=file]`)) {
    if (field.files !== null && field.files.length > 0) chosen.set(field.name, field.files);
  }
  return chosen;
}

async function send(form: HTMLFormElement, submitter: HTMLElement | null, photos: Chosen, mount: () => void): Promise<void> {
  const pressed = submitter instanceof HTMLButtonElement ? submitter : null;
  const address = new URL(pressed?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", location.href);
  const body = new FormData(form);
  if (pressed?.name) body.append(pressed.name, pressed.value);
  const letGo = hold(form);
  try {
    const response = await fetch(address, { method: "POST", body, credentials: "same-origin" });
    const page = await response.text();
    show(page, response.redirected ? new URL(response.url) : address);
    mount();
    if (!response.redirected) putBack(photos);
  } catch (error) {
    console.warn(error);
    letGo();
    sayUnsent(form);
  }
}

/** Says that the form is on its way, and lets it be sent only once; returns what undoes that. */
function hold(form: HTMLFormElement): () => void {
  const buttons = [...form.querySelectorAll("button")].filter((button) => !button.disabled);
  const roots = [...form.querySelectorAll<HTMLElement>(PHOTOS)];
  const said = roots.map((root) => statusOf(root)?.textContent ?? "");
  form.querySelector("[data-unsent]")?.remove();
  form.ariaBusy = "true";
  for (const button of buttons) button.disabled = true;
  for (const root of roots) statusOf(root)?.replaceChildren(text(root, "sending"));
  return () => {
    form.ariaBusy = null;
    for (const button of buttons) button.disabled = false;
    roots.forEach((root, place) => statusOf(root)?.replaceChildren(said[place] ?? ""));
  };
}

function statusOf(root: HTMLElement): Element | null {
  return root.querySelector("[role=status]");
}

function sayUnsent(form: HTMLFormElement): void {
  const root = form.querySelector<HTMLElement>(PHOTOS);
  if (root === null) return;
  const alert = document.createElement("div");
  alert.className = "zc-alert";
  alert.dataset["tone"] = "wrong";
  alert.dataset["unsent"] = "";
  alert.setAttribute("role", "alert");
  alert.textContent = text(root, "unsent");
  const actions = form.querySelector(".zc-form-actions");
  if (actions === null) form.append(alert);
  else actions.before(alert);
}

/** Puts a page that came in answer in the place of this one, as if the browser had gone to `address`. */
function show(html: string, address: URL): void {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  for (const { name, value } of page.body.attributes) document.body.setAttribute(name, value);
  document.body.replaceChildren(...page.body.childNodes);
  const elsewhere = !isShown(address);
  if (elsewhere) addEventListener("popstate", () => isShown(address) || location.reload());
  history[elsewhere ? "pushState" : "replaceState"](null, "", address);
  const first = document.querySelector<HTMLElement>("[autofocus]") ?? document.getElementById(address.hash.slice(1));
  if (first === null) scrollTo(0, 0);
  first?.focus();
  first?.scrollIntoView({ block: "nearest" });
}

/** Whether the browser is at this address, wherever on its page. */
function isShown(address: URL): boolean {
  return address.pathname + address.search === location.pathname + location.search;
}

function putBack(photos: Chosen): void {
  for (const [name, chosen] of photos) {
    const field = document.querySelector<HTMLInputElement>(`${PHOTOS} input[type=file][name="${CSS.escape(name)}"]`);
    if (field === null) continue;
    field.files = chosen;
    field.dispatchEvent(new Event("change"));
  }
  for (const lost of document.querySelectorAll("[data-photos-lost]")) lost.remove();
}
