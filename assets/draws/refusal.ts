/**
 * What cannot be read or computed, told in a way that a page can translate.
 *
 * `code` names the sentence (the page has its words), `values` fill its placeholders: where, what was found, the limit.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;

  constructor(code: string, values: Readonly<Record<string, string | number>> = {}) {
    super(`${code} ${JSON.stringify(values)}`);
    this.name = "Refusal";
    this.code = code;
    this.values = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shortened(String(value))]));
  }
}

const MOST_SHOWN = 80;

/** A value as a message shows it: long ones lose their end. */
function shortened(text: string): string {
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}
