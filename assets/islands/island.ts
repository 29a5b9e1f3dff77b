/**
 * Islands: small pieces that make a finished page more comfortable.
 *
 * The server renders `<div data-island="area-picker" …>` in a form that works by itself; an island only
 * improves what it finds there. Words shown by an island come from `data-text-*` attributes, so that the
 * templates translate them. No island evaluates text as code or writes style attributes.
 */
export type Island = (root: HTMLElement) => void | Promise<void>;

/** Mount every island named in `islands` under `scope`, each element once; one that fails leaves the others alone. */
export function mountIslands(islands: Readonly<Record<string, Island>>, scope: ParentNode = document): void {
  const inside = [...scope.querySelectorAll<HTMLElement>("[data-island]")];
  const found = scope instanceof HTMLElement && scope.dataset["island"] ? [scope, ...inside] : inside;
  for (const root of found) {
    if (root.dataset["mounted"] === "yes") continue;
    const mount = islands[root.dataset["island"] ?? ""];
    if (mount === undefined) continue;
    root.dataset["mounted"] = "yes";
    try {
      void mount(root);
    } catch (error) {
      console.error(error);
    }
  }
}

/** The element under `root` that matches, or an error that names what the template lacks. */
export function need<E extends Element>(root: ParentNode, selector: string): E {
  const element = root.querySelector<E>(selector);
  if (element === null) throw new Error(`island: the template has no "${selector}"`);
  return element;
}

/** The translated word a template put into `data-text-NAME`, with `{placeholders}` filled in. */
export function text(root: HTMLElement, name: string, values: Readonly<Record<string, string>> = {}): string {
  const key = `text${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const template = root.dataset[key] ?? "";
  return template.replace(/\{(\w+)\}/g, (whole, part: string) => values[part] ?? whole);
}

/** JSON from our own server, or `null` when it cannot be had: the form keeps working without it. */
export async function fetchJson<T>(url: URL, signal?: AbortSignal): Promise<T | null> {
  try {
    const response = await fetch(url, {
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      ...(signal ? { signal } : {}),
    });
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}

/** An icon of the sprite; its address is published by the page in `<body data-icons>`. */
export function icon(name: string): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", "zc-icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `${document.body.dataset["icons"] ?? ""}#${name}`);
  svg.append(use);
  return svg;
}
