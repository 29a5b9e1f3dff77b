/**
 * Text as the definition of a draw handles it, which is Python's way: ordered by code points (not by the UTF-16 units
 * that JavaScript compares), stripped of what `str.strip` takes for white space (not what `trim` does), UTF-8 that is
 * refused where it is broken (not mended).
 */
import { Refusal } from "./refusal.ts";

/** Less than, equal to or more than zero as `a` stands before, with or after `b` by code points. */
export function compareText(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) return place(x) - place(y);
  }
  return a.length - b.length;
}

/** Where a UTF-16 unit stands among code points: surrogates mean those above U+FFFF, so they come last. */
function place(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x0800;
}

/** Rows by their first cell that differs; of two that agree as far as they go, the shorter first. */
export function compareRows(a: readonly string[], b: readonly string[]): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const order = compareText(a[at] ?? "", b[at] ?? "");
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Whether `str.isspace` holds for a character; all such characters are one UTF-16 unit. */
function isSpace(unit: number): boolean {
  if (unit <= 0x20) return (unit >= 0x09 && unit <= 0x0d) || unit >= 0x1c;
  if (unit < 0x85) return false;
  return (
    unit === 0x85 || unit === 0xa0 || unit === 0x1680 || (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 || unit === 0x2029 || unit === 0x202f || unit === 0x205f || unit === 0x3000
  );
}

/** The text without white space at its ends, as Python's `str.strip()`. */
export function strip(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

/** The text of a file in UTF-8, as it stands; refuses bytes that are no UTF-8. `name` is what the message calls it. */
export function decodeUtf8(bytes: ArrayBuffer | Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal("not-utf8", { file: name });
  }
}
