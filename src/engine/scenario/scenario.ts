/** A scenario as the machine wants it: checked, complete, every default filled in. */
import type { EntryIndex, Pte } from "../hardware/descriptor.ts";
import type { GranuleName } from "../hardware/granule.ts";
import type { Features, Rw } from "../hardware/mmu.ts";
import type { Folio, MmKind } from "../kernel/kernel.ts";
import type { Prot } from "../kernel/pte.ts";
import type { PteHelper } from "../kernel/pteHelpers.ts";

export interface Scenario {
  readonly title: string;
  readonly granule: GranuleName;
  readonly va: bigint;
  readonly mm: MmKind;
  readonly features: Features;
  readonly folios: readonly Folio[];
  /** The table at the start, its length a whole number of blocks. */
  readonly ptes: readonly Pte[];
  readonly profile: string;
  readonly variants: readonly string[];
  readonly actors: readonly ActorSpec[];
  readonly choices: readonly Choice[];
}

export type ActorSpec = KernelActorSpec | MmuActorSpec;

export interface KernelActorSpec {
  readonly kind: "kernel";
  readonly name: string;
  readonly calls: readonly Call[];
}

export interface MmuActorSpec {
  readonly kind: "mmu";
  readonly name: string;
  readonly accesses: readonly Access[];
}

export interface Call {
  readonly fn: string;
  readonly index?: EntryIndex;
  readonly nr?: number;
  readonly pte?: PteSource;
  readonly flags?: 1 | 2 | 3;
  readonly full?: boolean;
  readonly dirty?: boolean;
  readonly write?: boolean;
  readonly type?: number;
  readonly prot?: Prot;
}

/** A word, or what this actor's call number `result` returned, changed by the kernel's pte helpers in order. */
export type PteSource = Pte | { readonly result: number; readonly apply: readonly PteHelper[] };

/** `any`: a choice of the run. */
export interface Access {
  readonly rw: Rw | "any";
  readonly index: EntryIndex | "any";
}

/**
 * One entry of the list that a run is. A bare actor number where that actor has one
 * way to go; otherwise the freedoms it uses, several of them together where one access
 * has several.
 */
export type Choice =
  | number
  | { readonly actor: number; readonly land: number }
  | {
      readonly actor: number;
      readonly access?: readonly [rw: "read" | "write" | "speculate" | "evict", index: EntryIndex];
      readonly answer?: number;
      readonly entry?: EntryIndex;
    };

export const actorOf = (choice: Choice): number => (typeof choice === "number" ? choice : choice.actor);

/** Equal choices have equal keys, however their fields are ordered. */
export function choiceKey(choice: Choice): string {
  if (typeof choice === "number") return `${choice}`;
  if ("land" in choice) return `${choice.actor} land ${choice.land}`;
  const { actor, access, answer, entry } = choice;
  const parts = [
    access && `access ${access.join(" ")}`,
    answer !== undefined && `answer ${answer}`,
    entry !== undefined && `entry ${entry}`,
  ];
  return [actor, ...parts.filter(Boolean)].join(" ");
}

/** How many choices two runs have in common from the start. */
export function sharedChoices(a: readonly Choice[], b: readonly Choice[]): number {
  if (a === b) return a.length;
  const most = Math.min(a.length, b.length);
  for (let i = 0; i < most; i++) {
    const [x, y] = [a[i] as Choice, b[i] as Choice];
    if (x !== y && choiceKey(x) !== choiceKey(y)) return i;
  }
  return most;
}
