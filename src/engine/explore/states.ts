/**
 * Numbers machine states: equal states have equal numbers, and a number gives its
 * state back. Two states are equal when the table, the lock, the pending flushes in
 * their order and every actor are.
 *
 * A kernel actor is its call, the key of the routine under way (equal keys of one
 * routine mean equal futures: see `routine.ts`; the call and the values returned so far
 * say which routine it is) and those values. An MMU is its next access, its TLB and its
 * results so far.
 *
 * A state is kept as a row of small integers: its table, its lock and flushes, each
 * actor. There are few of each and many states that combine them.
 */
import type { Pte } from "../hardware/descriptor.ts";
import type { PageTable } from "../hardware/memory.ts";
import type { ActorState, MachineState } from "../machine/state.ts";
import { changeOf, type Transition } from "../machine/step.ts";
import { type Interned, interned } from "./interned.ts";
import { Ints } from "./ints.ts";
import { createRows } from "./rows.ts";

export interface States {
  readonly size: number;
  /** The number of the first state. */
  start(state: MachineState): number;
  /**
   * The number of the state that a step leads to.
   * @param before as `at(from)` gave it
   * @returns undefined if it is new and there are `most` already
   */
  after(from: number, before: MachineState, transition: Transition, most: number): number | undefined;
  /** Made of the parts first seen: the state's frames may show locals of another history with the same future. */
  at(number: number): MachineState;
}

type Shared = Pick<MachineState, "ptl" | "pending">;

const [TABLE, SHARED, ACTORS] = [0, 1, 2];

export function createStates(actors: number): States {
  const rows = createRows(ACTORS + actors);
  const tables = createTables();
  const shared = interned<Shared>(sharedKey);
  const own = Array.from({ length: actors }, () => interned<ActorState>(actorKey));

  const actorNumber = (actor: number, state: MachineState): number => {
    const [names, mine] = [own[actor], state.actors[actor]];
    if (names === undefined || mine === undefined) throw new RangeError(`there is no actor ${actor}`);
    return names.numberOf(mine);
  };

  return {
    get size() {
      return rows.size;
    },
    start(state) {
      const row = [tables.numberOf(state.table), shared.numberOf(state), ...own.map((_, actor) => actorNumber(actor, state))];
      return rows.numberOf(row) ?? 0;
    },
    after(from, before, { state, step }, most) {
      const change = changeOf(step);
      const row = [
        change === undefined ? rows.at(from, TABLE) : tables.changed(rows.at(from, TABLE), change.index, change.new, state.table),
        state.ptl === before.ptl && state.pending === before.pending ? rows.at(from, SHARED) : shared.numberOf(state),
      ];
      for (let actor = 0; actor < actors; actor++) {
        const still = state.actors[actor] === before.actors[actor];
        row.push(still ? rows.at(from, ACTORS + actor) : actorNumber(actor, state));
      }
      return rows.numberOf(row, most);
    },
    at(number) {
      const { ptl, pending } = shared.at(rows.at(number, SHARED));
      return {
        table: tables.at(rows.at(number, TABLE)),
        ptl,
        pending,
        actors: own.map((names, actor) => names.at(rows.at(number, ACTORS + actor))),
      };
    },
  };
}

interface Tables extends Interned<PageTable> {
  /** The number of what table `from` becomes when one entry changes. Reads the table only the first time. */
  changed(from: number, index: number, pte: Pte, becomes: PageTable): number;
}

function createTables(): Tables {
  const words = new Map<Pte, number>();
  const wordNumber = (pte: Pte): number => {
    const known = words.get(pte);
    if (known !== undefined) return known;
    words.set(pte, words.size);
    return words.size - 1;
  };
  const tables = interned<PageTable>((table) => table.words().map(wordNumber).join());
  const changes = createRows(3);
  const results = new Ints();
  return {
    ...tables,
    changed(from, index, pte, becomes) {
      const change = changes.numberOf([from, index, wordNumber(pte)]) ?? 0;
      if (change === results.length) results.push(tables.numberOf(becomes));
      return results.at(change);
    },
  };
}

const sharedKey = ({ ptl, pending }: Shared): string =>
  `${ptl ?? "-"} ${pending.map((flush) => `${flush.actor}:${flush.index}+${flush.nr}`).join()}`;

function actorKey(own: ActorState): string {
  if (own.kind === "kernel") return `${own.call} ${own.at?.state.key ?? "-"} ${own.returns.join()}`;
  const tlb = own.tlb.map((e) => `${e.start}+${e.count}=${e.pfn}${e.writable ? "w" : ""}${e.user ? "u" : ""}`);
  return `${own.next} ${tlb.join()} ${own.results.join()}`;
}
