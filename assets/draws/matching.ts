/**
 * Visits matched with inspectors so that every visit has as many as it needs and no inspector more than they can take.
 *
 * A matching is kept and mended step by step: what is asked again and again is only whether everybody else could still
 * be served if one inspector went to one visit for good. One augmenting path answers that (Ford and Fulkerson 1956).
 */
export class Matching {
  /** How many more inspectors each visit needs. */
  readonly needs: number[];
  /** How many more visits each inspector can take. */
  readonly room: number[];
  /** By visit: the inspectors who may go there and have not been sent there for good. */
  readonly open: Set<number>[];
  private readonly held: Set<number>[];
  private readonly holders: Set<number>[];

  constructor(needs: readonly number[], room: readonly number[], open: readonly (readonly number[])[]) {
    this.needs = [...needs];
    this.room = [...room];
    this.open = open.map((inspectors) => new Set(inspectors));
    this.held = needs.map(() => new Set());
    this.holders = room.map(() => new Set());
  }

  /** Matches everything; whether that was possible. */
  fill(): boolean {
    return this.needs.every((need, visit) => {
      for (let k = 0; k < need; k++) if (!this.augment(visit)) return false;
      return true;
    });
  }

  /** Sends the inspector to the visit for good if all others can still be served; whether it was so. */
  fix(visit: number, inspector: number): boolean {
    const undo = this.claim(visit, inspector);
    const pushed = this.isOverfull(inspector) ? this.anyHolder(inspector) : undefined;
    if (pushed === undefined) return true;
    this.release(pushed, inspector);
    if (this.augment(pushed)) return true;
    this.hold(pushed, inspector);
    undo();
    return false;
  }

  /** Takes the place that the matching kept for the visit, or one in exchange; returns what puts it back. */
  private claim(visit: number, inspector: number): () => void {
    const wasOpen = this.open[visit]!.delete(inspector);
    this.needs[visit]!--;
    this.room[inspector]!--;
    const given = this.held[visit]!.has(inspector) ? inspector : this.surplus(visit);
    if (given !== undefined) this.release(visit, given);
    return () => {
      if (wasOpen) this.open[visit]!.add(inspector);
      this.needs[visit]!++;
      this.room[inspector]!++;
      if (given !== undefined) this.hold(visit, given);
    };
  }

  private surplus(visit: number): number | undefined {
    const held = this.held[visit]!;
    return held.size > Math.max(this.needs[visit]!, 0) ? held.values().next().value : undefined;
  }

  private isOverfull(inspector: number): boolean {
    return this.holders[inspector]!.size > Math.max(this.room[inspector]!, 0);
  }

  private anyHolder(inspector: number): number | undefined {
    return this.holders[inspector]!.values().next().value;
  }

  /** Finds one more inspector for the visit, breadth first; others may have to change theirs for that. */
  private augment(visit: number): boolean {
    const path: Path = { taker: new Map(), given: new Map([[visit, undefined]]) };
    for (const taker of path.given.keys()) {
      for (const inspector of this.open[taker]!) {
        if (path.taker.has(inspector) || this.held[taker]!.has(inspector)) continue;
        path.taker.set(inspector, taker);
        if (this.holders[inspector]!.size < this.room[inspector]!) {
          this.follow(path, inspector);
          return true;
        }
        for (const holder of this.holders[inspector]!) {
          if (!path.given.has(holder)) path.given.set(holder, inspector);
        }
      }
    }
    return false;
  }

  /** Goes the path back: each visit on it gets the inspector that it reached for the one through whom it was reached. */
  private follow(path: Path, last: number): void {
    for (let inspector: number | undefined = last; inspector !== undefined; ) {
      const taker: number = path.taker.get(inspector)!;
      const given: number | undefined = path.given.get(taker);
      if (given !== undefined) this.release(taker, given);
      this.hold(taker, inspector);
      inspector = given;
    }
  }

  private hold(visit: number, inspector: number): void {
    this.held[visit]!.add(inspector);
    this.holders[inspector]!.add(visit);
  }

  private release(visit: number, inspector: number): void {
    this.held[visit]!.delete(inspector);
    this.holders[inspector]!.delete(visit);
  }
}

/** How a search came by: an inspector from the visit that would take them, a visit from the inspector it would give up. */
interface Path {
  readonly taker: Map<number, number>;
  readonly given: Map<number, number | undefined>;
}
