/** Whether the randomness comes from public events, from those that were announced, and follows from them. */
import type { Bundle } from "./bundle.ts";
import type { Check } from "./check.ts";
import type { Json } from "./json.ts";
import { note, type Note } from "./notes.ts";
import { LEAST_ORIGINS, originsOf, randomnessOf, readSources, type Source } from "./randomness.ts";
import { Refusal } from "./refusal.ts";

/** The sources; why they are none; or nothing, where the randomness was given as it is. */
type Read = readonly Source[] | Note | null;

export function randomnessChecks({ inputs, sources }: Bundle, announced: Json | undefined): Check[] {
  const read = readOrNote(sources);
  return [sourcesCheck(read), announcedCheck(announced, read), randomnessCheck(inputs, read)];
}

function readOrNote(sources: readonly string[] | null): Read {
  if (sources === null) return null;
  try {
    return readSources(sources);
  } catch (fault) {
    if (fault instanceof Refusal) return fault;
    throw fault;
  }
}

function isRead(read: Read): read is readonly Source[] {
  return Array.isArray(read);
}

function sourcesCheck(read: Read): Check {
  if (read === null) return { name: "sources", state: "absent", note: note("bare-randomness") };
  if (!isRead(read)) return { name: "sources", state: "differs", note: read };
  // Whether the numbers are those that were really drawn can only be seen where they were published.
  return { name: "sources", state: "agrees", note: note("compare-sources", { sources: read.map(({ line }) => line).join(" · ") }) };
}

function announcedCheck(announced: Json | undefined, read: Read): Check {
  const name = "announced";
  if (announced === undefined) return { name, state: "absent", note: note("not-announced") };
  const differs = (found: Note): Check => ({ name, state: "differs", note: found });
  const awaited = eventsIn(announced);
  if (awaited === null) return differs(note("announced-form", { needed: LEAST_ORIGINS }));
  if (read === null) return differs(note("announced-bare"));
  if (!isRead(read)) return { name, state: "follows" };
  const used = new Set(read.map(({ event }) => event));
  const missing = [...awaited].find((event) => !used.has(event));
  if (missing !== undefined) return differs(note("announced-missing", { event: missing }));
  const other = [...used].find((event) => !awaited.has(event));
  return other === undefined ? { name, state: "agrees" } : differs(note("announced-other", { event: other }));
}

/** The events that a plan announces; nothing if they are not a list of events from enough origins. */
function eventsIn(announced: Json): Set<string> | null {
  if (!Array.isArray(announced) || !announced.every((event) => typeof event === "string")) return null;
  const origins = originsOf(announced);
  return origins !== null && origins.size >= LEAST_ORIGINS ? new Set(announced) : null;
}

function randomnessCheck({ hash, randomness }: Bundle["inputs"], read: Read): Check {
  const name = "randomness";
  if (read === null) return { name, state: "computed", computed: randomness };
  if (!isRead(read)) return { name, state: "follows", published: randomness };
  const computed = randomnessOf(hash, read);
  return { name, state: computed === randomness ? "agrees" : "differs", published: randomness, computed };
}
