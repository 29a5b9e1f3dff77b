/** The two hashes that a draw may name, as functions of text. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

import type { HashName } from "./hash-name.ts";
import { sm3 } from "./sm3.ts";

const FUNCTIONS: Readonly<Record<HashName, (message: Uint8Array) => Uint8Array>> = { sha256, sm3 };
const UTF8 = new TextEncoder();
const SEPARATOR = "\u001f";

/** The hash of a text's UTF-8 in lower-case hexadecimal digits. */
export function hashText(name: HashName, text: string): string {
  return hashBytes(name, UTF8.encode(text));
}

/** The hash of bytes in lower-case hexadecimal digits. */
export function hashBytes(name: HashName, bytes: Uint8Array): string {
  return bytesToHex(FUNCTIONS[name](bytes));
}

/** The hash of several texts, each kept apart from the next by the unit separator U+001F. */
export function hashParts(name: HashName, ...parts: readonly string[]): string {
  return hashText(name, parts.join(SEPARATOR));
}
