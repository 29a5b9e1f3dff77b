/** What somebody chose, dropped or typed, as the bytes that the worker reads. */
import { isHashName } from "./hash-name.ts";
import type { Brought } from "./protocol.ts";

type Part = "roster" | "inspectors" | "conflicts" | "plan" | "result";

/** Words in a file's name that say which of the files it is; "result" before "plan": a plan's result is a result. */
const NAMED: readonly (readonly [Part, RegExp])[] = [
  ["conflicts", /conflict|回避|利害/i],
  ["inspectors", /inspector|人员/i],
  ["result", /result|expected|结果/i],
  ["plan", /plan|方案|计划/i],
  ["roster", /roster|frame|名单|名录|企业/i],
];
const NEEDED: readonly Part[] = ["roster", "inspectors", "conflicts", "plan"];

/** Several files at once by what their names say, each part once. */
export function sortFiles(files: readonly File[]): Map<Part, File> {
  const found = new Map<Part, File>();
  for (const file of files) {
    const part = NAMED.find(([name, pattern]) => pattern.test(file.name) && !found.has(name))?.[0];
    if (part !== undefined) found.set(part, file);
  }
  return found;
}

export async function bundleFrom(file: File): Promise<Brought> {
  return { kind: "bundle", bytes: await bytesOf(file), name: file.name };
}

/** The form of the four files; or the names of the fields that are still empty. */
export async function filesFrom(form: HTMLFormElement): Promise<Brought | readonly string[]> {
  const missing: string[] = NEEDED.filter((part) => chosen(form, part) === undefined);
  const randomness = field(form, "randomness").value.trim();
  if (randomness === "") missing.push("randomness");
  if (missing.length > 0) return missing;
  const [roster, inspectors, conflicts, plan] = await Promise.all(NEEDED.map((part) => bytesOf(chosen(form, part))));
  const result = chosen(form, "result");
  const hash = field(form, "hash").value;
  return {
    kind: "files", randomness, hash: isHashName(hash) ? hash : "sha256",
    roster: roster!, inspectors: inspectors!, conflicts: conflicts!, plan: plan!,
    result: result === undefined ? null : await bytesOf(result),
  };
}

/** The input or select of a form with this name. */
export function field(form: HTMLFormElement, name: string): HTMLInputElement {
  const found = form.elements.namedItem(name);
  if (found === null) throw new Error(`draws: the form has no field "${name}"`);
  return found as HTMLInputElement;
}

function chosen(form: HTMLFormElement, part: string): File | undefined {
  return field(form, part).files?.[0];
}

async function bytesOf(file: File | undefined): Promise<Uint8Array> {
  return file === undefined ? new Uint8Array() : new Uint8Array(await file.arrayBuffer());
}
