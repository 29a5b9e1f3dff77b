/** Numbers written in tables, read as Python's `Fraction` and `int` read them, and exact fractions of them. */
import { strip } from "./text.ts";

/** An exact number: `over / under` in lowest terms, `under` positive. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** Python neither reads nor writes a whole number with more digits. */
export const MOST_DIGITS = 4300;
/** A larger power of ten is refused, since a computer could be busy with it for hours. */
const MOST_POWER = 1_000_000;
const DIGITS = String.raw`[0-9]+(?:_[0-9]+)*`;
const FRACTION = new RegExp(
  String.raw`^([-+]?)(?=[0-9]|\.[0-9])(${DIGITS})?(?:\/(${DIGITS})|(?:\.(${DIGITS})?)?(?:[eE]([-+]?${DIGITS}))?)$`,
);
const WHOLE = new RegExp(String.raw`^([-+]?)(${DIGITS})$`);

/** The fraction that a text writes ("3", "0.25", "1e3", "2/3", " 1_000 "), or nothing if it writes none. */
export function readFraction(text: string): Fraction | null {
  const found = FRACTION.exec(plain(text));
  if (found === null) return null;
  const [, sign, whole = "0", divisor = "1", decimals = "", power = "0"] = found.map(withoutUnderscores);
  const exponent = Number(power);
  if ([whole, divisor, decimals].some((digits) => digits.length > MOST_DIGITS)) return null;
  if (Math.abs(exponent) > MOST_POWER) return null;
  let over = BigInt(whole + decimals);
  let under = BigInt(divisor) * 10n ** BigInt(decimals.length);
  if (under === 0n) return null;
  if (exponent >= 0) over *= 10n ** BigInt(exponent);
  else under *= 10n ** BigInt(-exponent);
  return reduced(sign === "-" ? -over : over, under);
}

/** The whole number that a text writes ("4", "+4", " 007 "), or nothing if it writes none. */
export function readWhole(text: string): bigint | null {
  const found = WHOLE.exec(plain(text));
  // To Python's `int` the separators U+001C to U+001F are no white space, to everything else they are.
  if (found === null || /[\x1c-\x1f]/.test(text)) return null;
  const [, sign, digits = ""] = found.map(withoutUnderscores);
  if (digits.length > MOST_DIGITS) return null;
  return sign === "-" ? -BigInt(digits) : BigInt(digits);
}

/** The fraction in lowest terms; `under` must be positive. */
export function reduced(over: bigint, under: bigint): Fraction {
  const common = greatestCommonDivisor(over < 0n ? -over : over, under);
  return common === 1n ? { over, under } : { over: over / common, under: under / common };
}

/** "3" or "2/3", as Python writes a fraction. */
export function fractionText({ over, under }: Fraction): string {
  return under === 1n ? String(over) : `${over}/${under}`;
}

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b > Number.MAX_SAFE_INTEGER) [a, b] = [b, a % b];
  if (b === 0n) return a;
  // Small numbers are several times faster than big ones, and here all are small after one step.
  let [x, y] = [Number(b), Number(a % b)];
  while (y !== 0) [x, y] = [y, x % y];
  return BigInt(x);
}

function withoutUnderscores(part: string | undefined): string | undefined {
  return part?.replaceAll("_", "");
}

/** Stripped, and decimal digits of every script as ASCII: Python reads "４" as "4". */
function plain(text: string): string {
  return strip(text).replace(/[^\x00-\x7f]/gu, (sign) => (isDigit(sign.codePointAt(0)) ? digitValue(sign) : sign));
}

function isDigit(point: number | undefined): boolean {
  return point !== undefined && point >= 0 && /^\p{Nd}$/u.test(String.fromCodePoint(point));
}

/** Digits of a script stand in runs of ten, beginning with zero. */
function digitValue(sign: string): string {
  const point = sign.codePointAt(0) ?? 0;
  let zero = point;
  while (isDigit(zero - 1)) zero--;
  return String((point - zero) % 10);
}
