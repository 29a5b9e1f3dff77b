/**
 * Comma-separated values as Python's `csv` module reads them: fields in double quotes may hold commas, line ends and
 * doubled quotes; lines end with CR, LF or both; an empty line is a row without fields; one byte order mark is skipped.
 */
import { Refusal } from "./refusal.ts";

/** The longest field that Python's reader takes. */
export const LONGEST_FIELD = 131_072;
const COMMA = 0x2c;
const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;

/** Every row of a table, the first too; `name` is what a message calls the file. */
export function readCsv(text: string, name: string): string[][] {
  return new Reader(text.startsWith("\ufeff") ? text.slice(1) : text, name).rows();
}

class Reader {
  private readonly text: string;
  private readonly name: string;
  private at = 0;

  constructor(text: string, name: string) {
    this.text = text;
    this.name = name;
  }

  rows(): string[][] {
    const rows: string[][] = [];
    while (this.at < this.text.length) rows.push(this.row(rows.length + 1));
    return rows;
  }

  /** One row, and the line end behind it. */
  private row(number: number): string[] {
    if (this.lineEnd()) return [];
    const row: string[] = [];
    for (;;) {
      const field = this.field();
      if (isTooLong(field)) throw new Refusal("long-field", { file: this.name, row: number, limit: LONGEST_FIELD });
      row.push(field);
      if (this.text.charCodeAt(this.at) !== COMMA) break;
      this.at++;
    }
    this.lineEnd();
    return row;
  }

  /** One field; what follows a closing quote is taken as it stands. */
  private field(): string {
    const quoted = this.text.charCodeAt(this.at) === QUOTE ? this.quoted() : "";
    const from = this.at;
    while (this.at < this.text.length && !isEnd(this.text.charCodeAt(this.at))) this.at++;
    return quoted + this.text.slice(from, this.at);
  }

  /** What stands between quotes; the end of the file closes them too. */
  private quoted(): string {
    let found = "";
    let from = ++this.at;
    for (;;) {
      const quote = this.text.indexOf('"', from);
      const to = quote < 0 ? this.text.length : quote;
      found += this.text.slice(from, to);
      this.at = Math.min(to + 1, this.text.length);
      if (this.text.charCodeAt(this.at) !== QUOTE || quote < 0) return found;
      found += '"';
      from = this.at + 1;
    }
  }

  private lineEnd(): boolean {
    const unit = this.text.charCodeAt(this.at);
    if (unit !== CR && unit !== LF) return false;
    this.at += unit === CR && this.text.charCodeAt(this.at + 1) === LF ? 2 : 1;
    return true;
  }
}

/** Python counts characters, which JavaScript may need two units for. */
function isTooLong(field: string): boolean {
  return field.length > LONGEST_FIELD && [...field].length > LONGEST_FIELD;
}

function isEnd(unit: number): boolean {
  return unit === COMMA || unit === CR || unit === LF;
}
