/**
 * The one idea that carries everything: a routine is a persistent step machine.
 *
 * A routine (a kernel function, a caller in core mm, compiled kernel code) answers
 * one question: given what I observed so far, what do I do next? Its states are
 * immutable values, so whoever keeps one can go back to it, resume it twice with
 * different observations, or memoise it into an automaton.
 *
 * Nothing here knows how a provider does it: `kernel/script.ts` runs readable
 * generators, another provider may suspend WebAssembly at each access.
 */
import type { EntryIndex, Pte } from "./hardware/descriptor.ts";

/** One access to shared memory, one TLB flush, or one move of the page-table lock. */
export type Operation =
  | { readonly op: "read"; readonly index: EntryIndex }
  | { readonly op: "write"; readonly index: EntryIndex; readonly value: Pte }
  | { readonly op: "xchg"; readonly index: EntryIndex; readonly value: Pte }
  | { readonly op: "cmpxchg"; readonly index: EntryIndex; readonly expected: Pte; readonly value: Pte }
  | TlbiOperation
  | { readonly op: "lock" }
  | { readonly op: "unlock" }
  | { readonly op: "ref"; readonly pfn: bigint; readonly change: 1 | -1 };

export interface TlbiOperation {
  readonly op: "tlbi";
  readonly index: EntryIndex;
  /** Pages flushed. */
  readonly nr: number;
  /** Bytes between the pages flushed. */
  readonly stride: bigint;
  readonly lastLevel: boolean;
  /** The TTL hint. */
  readonly level: number;
  /** False for the `_nosync` flushes, which return before the invalidation has completed. */
  readonly sync: boolean;
  /** Only the flushing CPU's own TLB, which is none of the modelled ones. */
  readonly local?: true;
}

export type LocalValue = bigint | number | boolean | string;

/** A named variable as the source panel shows it. */
export interface Local {
  readonly name: string;
  readonly value: LocalValue;
}

/** A line of a kernel tree. */
export interface SourcePlace {
  readonly fn: string;
  /** From the root of the tree. */
  readonly file: string;
  readonly line: number;
  /** The function does no more than one access, or repeats one: its caller says more. */
  readonly helper?: true;
}

/** A place in a routine, with the variables in scope there. */
export interface Frame {
  /** `function.place`, for example `contpte_convert.clear`; of compiled code the place is a line. */
  readonly label: string;
  readonly locals: readonly Local[];
  /** Of compiled code. */
  readonly source?: SourcePlace;
}

/** What happened in the pure computation before a state, beside the computation. */
export type Note =
  /** A WARN: Linux's own words are not quoted, the sentence is ours. */
  | { readonly kind: "warning"; readonly label: string; readonly message: string }
  /** The routine threw away what it had read and begins again. */
  | { readonly kind: "retry"; readonly label: string };

export interface Suspended {
  readonly status: "suspended";
  readonly next: Operation;
  /** Innermost last: where the routine stands, helpers aside. */
  readonly stack: readonly Frame[];
  /**
   * Equal keys of one routine mean equal futures: the labels of the stack and every
   * local the routine will still use. Locals that are only shown are not in it.
   */
  readonly key: string;
  readonly notes: readonly Note[];
}

export interface Returned {
  readonly status: "returned";
  /** Undefined for a void function. */
  readonly value: bigint | undefined;
  readonly notes: readonly Note[];
}

export type RoutineState = Suspended | Returned;

export interface Routine {
  /** The kernel function called. */
  readonly fn: string;
  readonly start: RoutineState;
  /**
   * @param observed what the operation gave: the word read, or the word that an xchg,
   * cmpxchg or write replaced; 0 for operations that observe nothing.
   */
  advance(state: Suspended, observed: bigint): RoutineState;
}

/** A call with its arguments evaluated. */
export interface ResolvedCall {
  readonly fn: string;
  readonly args: Readonly<Record<string, bigint | number | boolean | string>>;
}

/** Turns calls into routines: the seam between the machine and whatever code it runs. */
export interface RoutineProvider {
  routine(call: ResolvedCall): Routine;
  /** One of the kernel's own functions on a pte value, by its name without `pte_`: `mkold`, `wrprotect`, … Pure. */
  applyHelper(helper: string, pte: Pte): Pte;
}
