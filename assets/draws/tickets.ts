/**
 * Tickets: how probable each unit is, its number by the seed, and the order in which units are taken (Pareto order
 * sampling, Rosén 1997). Exact throughout: floating-point numbers only tell apart what is far apart.
 */
import { hashParts } from "./hash.ts";
import type { HashName } from "./hash-name.ts";
import { fractionText, greatestCommonDivisor, MOST_DIGITS, reduced, type Fraction } from "./numbers.ts";
import { Refusal } from "./refusal.ts";
import { compareText } from "./text.ts";

export interface Ticket {
  readonly stratum: string;
  readonly id: string;
  /** The inclusion probability λ as a fraction: "1", "2/7". */
  readonly chance: string;
  /** The number that the seed gives this unit, 64 hexadecimal digits. */
  readonly number: string;
  /** Its place in its stratum, from 1. */
  readonly rank: number;
  readonly selected: boolean;
}

/** Says how much of a stage is done. */
export type Progress = (done: number, total: number) => void;

const RANGE = 1n << 257n;
const REPORT_EVERY = 4096;

/**
 * λ of each unit for a sample of `count`: in proportion to size, those that would exceed 1 taken with certainty.
 *
 * Units whose λ is not above 0 have no ticket and are left out. Sizes may be any fractions.
 */
export function chances(sizes: ReadonlyMap<string, Fraction>, count: bigint): Map<string, Fraction> {
  const found = new Map<string, Fraction>();
  let left = wholeSizes(sizes);
  let places = count;
  let sum = left.reduce((total, { size }) => total + size, 0n);
  while (left.length > 0 && places > 0n) {
    const certain = left.filter(({ size }) => places * size >= sum);
    if (certain.length === 0) {
      for (const { id, size } of left) {
        const chance = signedReduced(places * size, sum);
        if (chance.over > 0n) found.set(id, chance);
      }
      break;
    }
    left = left.filter(({ size }) => places * size < sum);
    for (const { id, size } of certain) {
      found.set(id, { over: 1n, under: 1n });
      sum -= size;
    }
    places -= BigInt(certain.length);
  }
  return found;
}

interface Sized {
  readonly id: string;
  readonly size: bigint;
}

/** Sizes over one common denominator, which cancels out of every λ. */
function wholeSizes(sizes: ReadonlyMap<string, Fraction>): Sized[] {
  let common = 1n;
  for (const { under } of sizes.values()) {
    if (common % under !== 0n) common *= under / greatestCommonDivisor(common, under);
  }
  return Array.from(sizes, ([id, { over, under }]) => ({ id, size: over * (common / under) }));
}

function signedReduced(over: bigint, under: bigint): Fraction {
  return under < 0n ? reduced(-over, -under) : reduced(over, under);
}

/** The tickets of a stratum in the order in which its units are taken; the first `count` are selected. */
export function ticketsOf(
  hash: HashName, seed: string, stratum: string, sizes: ReadonlyMap<string, Fraction>, count: bigint, progress: Progress,
): Ticket[] {
  const keys: Key[] = [];
  const found = chances(sizes, count);
  for (const [id, chance] of found) {
    keys.push(keyOf(id, chance, hashParts(hash, seed, "E", id)));
    if (keys.length % REPORT_EVERY === 0) progress(keys.length, found.size);
  }
  keys.sort(compareKeys);
  return keys.map(({ id, chance, number }, at) => {
    return { stratum, id, chance: chanceText(stratum, chance), number, rank: at + 1, selected: BigInt(at) < count };
  });
}

const TOO_LARGE = 10n ** BigInt(MOST_DIGITS);

function chanceText(stratum: string, chance: Fraction): string {
  const isWritten = chance.over < TOO_LARGE && chance.under < TOO_LARGE;
  if (!isWritten) throw new Refusal("long-chance", { stratum, limit: MOST_DIGITS });
  return fractionText(chance);
}

/** A unit with its ranking variable q as a float, where that is close. */
interface Key {
  readonly id: string;
  readonly chance: Fraction;
  readonly number: string;
  readonly near: number;
}

/** The ranking variable itself: over / under. */
interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}

/** What a unit has of the numbers of its seed: u = (2h + 1) / 2^257, and what is left to 1, both times 2^257. */
function shareOf(number: string): Ratio {
  const u = 2n * BigInt(`0x${number}`) + 1n;
  return { over: u, under: RANGE - u };
}

function keyOf(id: string, chance: Fraction, number: string): Key {
  if (chance.over === chance.under) return { id, chance, number, near: -1 };
  const { over, under } = shareOf(number);
  const factors = [Number(over) / Number(under), Number(chance.under - chance.over) / Number(chance.over)] as const;
  return { id, chance, number, near: factors.every(isModerate) ? factors[0] * factors[1] : Number.NaN };
}

/** q = u / (1 - u) · (1 - λ) / λ exactly; certain units come first of all. */
function exact({ chance, number }: Key): Ratio {
  if (chance.over === chance.under) return { over: -1n, under: 1n };
  const { over, under } = shareOf(number);
  return { over: over * (chance.under - chance.over), under: under * chance.over };
}

/** Whether a float has its full precision, and its product with another such one too. */
function isModerate(factor: number): boolean {
  const size = Math.abs(factor);
  return size > 1e-100 && size < 1e100;
}

/** A few roundings err by far less than this share of a number. */
const MARGIN = 1e-9;

function compareKeys(a: Key, b: Key): number {
  const apart = a.near - b.near;
  if (Math.abs(apart) > MARGIN * Math.max(Math.abs(a.near), Math.abs(b.near))) return apart;
  const [ours, theirs] = [exact(a), exact(b)];
  const [left, right] = [ours.over * theirs.under, theirs.over * ours.under];
  if (left !== right) return left < right ? -1 : 1;
  return compareText(a.id, b.id);
}
