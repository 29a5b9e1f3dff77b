/**
 * JSON as Python's `json` reads and writes it, to the byte: whole numbers of any size stay whole, others are written
 * as Python writes a float, keys keep their order unless they are asked to be sorted by code points.
 */
import { MOST_DIGITS } from "./numbers.ts";
import { Refusal } from "./refusal.ts";
import { compareText } from "./text.ts";

/** A whole number is a `bigint`, any other a `number`; an object is a `Map`, which keeps the order of its keys. */
export type Json = null | boolean | string | bigint | number | Json[] | Map<string, Json>;

/** Python reads nearly a thousand levels, fewer the more is being done when it is asked to. */
const DEEPEST = 900;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const WORDS: readonly (readonly [string, Json])[] = [
  ["true", true], ["false", false], ["null", null],
  ["NaN", Number.NaN], ["Infinity", Infinity], ["-Infinity", -Infinity],
];
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t",
};

/** The value of a JSON text; refuses with the line where it is none. `name` is what the message calls the text. */
export function readJson(text: string, name: string): Json {
  return new Reader(text, name).whole();
}

class Reader {
  private readonly text: string;
  private readonly name: string;
  private at = 0;

  constructor(text: string, name: string) {
    this.text = text;
    this.name = name;
  }

  whole(): Json {
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) throw this.fault();
    return value;
  }

  private value(depth: number): Json {
    if (depth > DEEPEST) throw this.fault();
    this.space();
    const first = this.text[this.at];
    if (first === "{") return this.object(depth);
    if (first === "[") return this.array(depth);
    if (first === '"') return this.string();
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    return this.number();
  }

  private object(depth: number): Map<string, Json> {
    const found = new Map<string, Json>();
    this.members("}", () => {
      if (this.text[this.at] !== '"') throw this.fault();
      const key = this.string();
      this.space();
      if (this.text[this.at++] !== ":") throw this.fault();
      found.set(key, this.value(depth + 1));
    });
    return found;
  }

  private array(depth: number): Json[] {
    const found: Json[] = [];
    this.members("]", () => found.push(this.value(depth + 1)));
    return found;
  }

  /** What stands between an opening bracket and `close`, with commas between. */
  private members(close: string, read: () => void): void {
    this.at++;
    this.space();
    if (this.text[this.at] === close) {
      this.at++;
      return;
    }
    for (;;) {
      read();
      this.space();
      const next = this.text[this.at++];
      if (next === close) return;
      if (next !== ",") throw this.fault();
      this.space();
    }
  }

  private string(): string {
    this.at++;
    let found = "";
    for (;;) {
      found += this.match(PLAIN)[0];
      const next = this.text[this.at++];
      if (next === '"') break;
      if (next !== "\\") throw this.fault();
      found += this.escaped();
    }
    // Half a character has no bytes in UTF-8: nothing that holds one can be hashed.
    if (/\p{Surrogate}/u.test(found)) throw this.fault();
    return found;
  }

  private escaped(): string {
    const sign = this.text[this.at++] ?? "";
    if (sign !== "u") {
      const plain = ESCAPES[sign];
      if (plain === undefined) throw this.fault();
      return plain;
    }
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.fault();
    this.at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private number(): number | bigint {
    const [token, fraction, exponent] = this.match(NUMBER);
    if (fraction !== undefined || exponent !== undefined) return Number(token);
    if (token.replace("-", "").length > MOST_DIGITS) throw this.fault();
    return BigInt(token);
  }

  private match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) throw this.fault();
    this.at = pattern.lastIndex;
    return found;
  }

  private space(): void {
    this.match(SPACE);
  }

  private fault(): Refusal {
    const line = this.text.slice(0, this.at).split("\n").length;
    return new Refusal("not-json", { file: this.name, line });
  }
}

/** As `json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)`. */
export function compactJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(compactJson).join(",")}]`;
  if (!(value instanceof Map)) return scalar(value);
  const keys = [...value.keys()].sort(compareText);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${compactJson(value.get(key) ?? null)}`).join(",")}}`;
}

/** As `json.dumps(value, indent=1, ensure_ascii=False)`. */
export function indentedJson(value: Json, depth = 0): string {
  const line = `\n${" ".repeat(depth + 1)}`;
  const end = `\n${" ".repeat(depth)}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[${value.map((one) => line + indentedJson(one, depth + 1)).join(",")}${end}]`;
  }
  if (!(value instanceof Map)) return scalar(value);
  if (value.size === 0) return "{}";
  const members = [...value].map(([key, one]) => `${line}${JSON.stringify(key)}: ${indentedJson(one, depth + 1)}`);
  return `{${members.join(",")}${end}}`;
}

/** Python and JavaScript escape the same characters of a string; only floats are written differently. */
function scalar(value: null | boolean | string | bigint | number): string {
  if (typeof value === "number") return pythonFloat(value);
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}

/** A float as Python's `repr` writes it: always with a point or an exponent, which has two digits at least. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (Object.is(value, -0)) return "-0.0";
  const [digits = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (value === 0 || (exponent >= -4 && exponent < 16)) {
    const plain = String(value);
    return plain.includes(".") ? plain : `${plain}.0`;
  }
  return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
