/** The inner loop of a search: a memory of its own, and the functions of `inner/loop.ts` upon it, compiled or as they stand. */
import { enter, type Heap, type Resolve } from "./inner/heap.ts";
import { TOP } from "./inner/layout.ts";
import * as source from "./inner/loop.ts";
import { MOST_PAGES } from "./inner/space.ts";

/** A function that answers yes or no says 1 or 0 where it is compiled. */
type Exported<F> = F extends (...args: infer A) => boolean ? (...args: A) => boolean | number : F;
type LoopFunctions = { readonly [Name in keyof typeof source]: Exported<(typeof source)[Name]> };

const PAGE = 65536;
const FIRST_PAGES = 64;

export class InnerLoop {
  readonly call: LoopFunctions;
  readonly #memory: WebAssembly.Memory;
  #words: Int32Array;
  #halves: Uint16Array;

  /** @param compiled `inner/` as WebAssembly; without it the same code runs as it stands */
  constructor(resolve: Resolve, compiled?: WebAssembly.Module) {
    this.#memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES });
    this.#words = new Int32Array(this.#memory.buffer);
    this.#halves = new Uint16Array(this.#memory.buffer);
    this.call =
      compiled === undefined
        ? asItStands({ memory: this.#memory, resolve })
        : (new WebAssembly.Instance(compiled, { env: { memory: this.#memory }, lab: { resolve } }).exports as unknown as LoopFunctions);
  }

  /** A word of its memory. */
  get(at: number): number {
    return this.#view()[at] as number;
  }

  set(at: number, value: number): void {
    this.#view()[at] = value;
  }

  /** Some of its words at once. */
  read(at: number, into: Int32Array, count: number): void {
    const words = this.#view();
    for (let n = 0; n < count; n++) into[n] = words[at + n] as number;
  }

  write(at: number, from: readonly number[]): void {
    const words = this.#view();
    for (let n = 0; n < from.length; n++) words[at + n] = from[n] as number;
  }

  /** Half a word of its memory. */
  half(at: number): number {
    if (this.#halves.length === 0) this.#halves = new Uint16Array(this.#memory.buffer);
    return this.#halves[at] as number;
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.get(TOP) * Int32Array.BYTES_PER_ELEMENT;
  }

  /** Bytes that it may have at most. */
  static readonly most = MOST_PAGES * PAGE;

  #view(): Int32Array {
    // A memory that has grown has left its old words behind.
    if (this.#words.length === 0) this.#words = new Int32Array(this.#memory.buffer);
    return this.#words;
  }
}

/** Several loops share the one source: each enters with its own memory. */
function asItStands(heap: Heap): LoopFunctions {
  const entering = Object.entries(source).map(([name, run]) => [
    name,
    (...args: Parameters<typeof run>) => {
      enter(heap);
      return (run as (...given: readonly number[]) => unknown)(...args);
    },
  ]);
  return Object.fromEntries(entering) as LoopFunctions;
}
