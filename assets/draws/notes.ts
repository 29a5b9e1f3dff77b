/** Sentences about a draw, as names that a page translates. */

/** A sentence of the page by its name, and what fills its placeholders. */
export interface Note {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
}

export function note(code: string, values: Readonly<Record<string, string | number>> = {}): Note {
  return { code, values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])) };
}
