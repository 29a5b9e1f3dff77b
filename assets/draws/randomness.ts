/**
 * Public randomness from named events: lottery drawings and rounds of a drand beacon.
 *
 * A source text holds an event and what came of it: `lottery:ssq:2026136:01,05,…+08`, `drand:CHAIN:ROUND:SIGNATURE`.
 * Several together are hashed to one text, so that whoever could know or bend one of them gains nothing.
 */
import { hashBytes, hashText } from "./hash.ts";
import type { HashName } from "./hash-name.ts";
import { Refusal } from "./refusal.ts";
import { compareText } from "./text.ts";

export interface Source {
  /** The source without its outcome: what a plan announces beforehand. */
  readonly event: string;
  /** Who makes such events: two of one origin are no two sources. */
  readonly origin: string;
  /** What is hashed of it. */
  readonly line: string;
}

/** Of a lottery with drums: how many numbers are drawn from how many, and the same of the second drum. */
interface Drums {
  readonly first: readonly [count: number, of: number];
  readonly second?: readonly [count: number, of: number];
  /** Whether both draw from the same balls, so that no number can come twice. */
  readonly shared?: true;
}

const DRUMS: Readonly<Record<string, Drums>> = {
  ssq: { first: [6, 33], second: [1, 16] },
  dlt: { first: [5, 35], second: [2, 12] },
  qlc: { first: [7, 30], second: [1, 30], shared: true },
  kl8: { first: [20, 80] },
};
/** How many single digits a lottery draws, in order. */
const DIGITS: Readonly<Record<string, number>> = { fc3d: 3, pl3: 3, pl5: 5 };
const LOTTERY = /^lottery:([a-z0-9]+):(20[0-9]{2}(?!000)[0-9]{3}):([0-9,+]+)$/;
const DRAND = /^drand:([0-9a-f]{64}):([1-9][0-9]{0,18}):((?:[0-9a-f]{96}){1,2})$/;
const LOTTERY_EVENT = /^lottery:([a-z0-9]+):20[0-9]{2}(?!000)[0-9]{3}$/;
const DRAND_EVENT = /^drand:([0-9a-f]{64}):[1-9][0-9]{0,18}$/;
/** The League of Entropy's chains, and how many bytes their signatures have; those of others have 48 or 96. */
const SIGNATURE_BYTES: Readonly<Record<string, number>> = {
  "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce": 96,
  "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971": 48,
};
/** From so many origins the events must come. */
export const LEAST_ORIGINS = 2;

/** What a source text says; refuses one that is not in its canonical form. */
export function readSource(text: string): Source {
  const drand = DRAND.exec(text);
  if (drand !== null) {
    const [, chain = "", round = "", signature = ""] = drand;
    const bytes = bytesOf(signature);
    if (bytes.length !== (SIGNATURE_BYTES[chain] ?? bytes.length)) throw new Refusal("source-form", { source: text });
    const event = `drand:${chain}:${round}`;
    return { event, origin: `drand:${chain}`, line: `${event}:${hashBytes("sha256", bytes)}` };
  }
  const [, game = "", issue = "", numbers = ""] = LOTTERY.exec(text) ?? [];
  if (!isDrawing(game, numbers)) throw new Refusal("source-form", { source: text });
  return { event: `lottery:${game}:${issue}`, origin: `lottery:${game}`, line: text };
}

/** The origins of events as a plan announces them; nothing if one is not in its canonical form. */
export function originsOf(events: readonly string[]): Set<string> | null {
  const found = events.map(originOf);
  return found.every((origin) => origin !== null) ? new Set(found) : null;
}

function originOf(event: string): string | null {
  const [, chain] = DRAND_EVENT.exec(event) ?? [];
  if (chain !== undefined) return `drand:${chain}`;
  const [, game = ""] = LOTTERY_EVENT.exec(event) ?? [];
  return Object.hasOwn(DRUMS, game) || Object.hasOwn(DIGITS, game) ? `lottery:${game}` : null;
}

/** The sources, if no event comes twice and there are at least two origins. */
export function readSources(texts: readonly string[]): Source[] {
  const sources = texts.map(readSource);
  const events = new Set<string>();
  for (const { event } of sources) {
    if (events.has(event)) throw new Refusal("source-twice", { event });
    events.add(event);
  }
  const origins = new Set(sources.map(({ origin }) => origin)).size;
  if (origins < LEAST_ORIGINS) throw new Refusal("source-origins", { found: origins, needed: LEAST_ORIGINS });
  return sources;
}

/** The text that enters the seed. */
export function randomnessOf(hash: HashName, sources: readonly Source[]): string {
  const lines = sources.map(({ line }) => line).sort(compareText);
  return hashText(hash, ["zhicheng-randomness-v1", ...lines].map((line) => `${line}\n`).join(""));
}

function isDrawing(game: string, numbers: string): boolean {
  const digits = Object.hasOwn(DIGITS, game) ? DIGITS[game] : undefined;
  if (digits !== undefined) return new RegExp(`^[0-9](,[0-9]){${digits - 1}}$`).test(numbers);
  const drums = Object.hasOwn(DRUMS, game) ? DRUMS[game] : undefined;
  if (drums === undefined) return false;
  const [first = "", second, ...more] = numbers.split("+");
  if (more.length > 0 || (second === undefined) !== (drums.second === undefined)) return false;
  if (!isDrawn(first, drums.first) || (drums.second && !isDrawn(second ?? "", drums.second))) return false;
  return !drums.shared || !first.split(",").includes(second ?? "");
}

/** Whether the numbers are so many of the drum's, two digits each, ascending. */
function isDrawn(numbers: string, [count, of]: readonly [number, number]): boolean {
  const drawn = numbers.split(",");
  const ascending = drawn.every((one, at) => at === 0 || (drawn[at - 1] ?? "") < one);
  return drawn.length === count && ascending && drawn.every((one) => /^[0-9]{2}$/.test(one) && one >= "01" && Number(one) <= of);
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
