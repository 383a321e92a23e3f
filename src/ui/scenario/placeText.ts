/** A place in the document as the editor labels it: `actors.1.calls.0.index` is "Actor 2, call 1, Entry". */
import type { ScenarioDocument } from "../../engine/protocol.ts";

/** `#` is a number, which labels count from 1. The first that fits. */
const PLACES: readonly (readonly [path: string, text: string])[] = [
  ["title", "Title"],
  ["machine.granule", "Granule"],
  ["machine.mm", "mm"],
  ["machine.va", "Address of entry 0"],
  ["machine.entries", "Entries"],
  ["machine.hardwareAD", "Hardware"],
  ["machine.adUpdate", "A/D update lands in"],
  ["machine.bbm", "BBM level"],
  ["machine.tlbAnswer", "Of two TLB entries answers"],
  ["machine.folios", "Folios"],
  ["machine.folios.#", "Folio #"],
  ["machine.folios.#.pfn", "Folio #, First frame"],
  ["machine.folios.#.pages", "Folio #, Pages"],
  ["machine.ptes", "Entries at the start"],
  ["machine.ptes.#", "Entries at the start, line #"],
  ["machine.ptes.#.index", "Run #, From entry"],
  ["machine.ptes.#.count", "Run #, Count"],
  ["machine.ptes.#.pfn", "Run #, First frame"],
  ["machine.ptes.#.prot", "Run #, Protection"],
  ["machine.ptes.#.flags", "Run #, Flags"],
  ["machine.ptes.#.flags.#", "Run #, Flags"],
  ["kernel.profile", "Linux"],
  ["actors", "Actors"],
  ["actors.#", "Actor #"],
  ["actors.#.name", "Actor #, name"],
  ["actors.#.calls", "Actor #, calls"],
  ["actors.#.calls.#.fn", "Actor #, call #"],
  ["actors.#.calls.#.index", "Actor #, call #, Entry"],
  ["actors.#.calls.#.nr", "Actor #, call #, How many"],
  ["actors.#.calls.#.pte", "Actor #, call #, Word"],
  ["actors.#.calls.#.pte.result", "Actor #, call #, Of call"],
  ["actors.#.calls.#.pte.apply", "Actor #, call #, Helpers"],
  ["actors.#.calls.#.pte.apply.#", "Actor #, call #, helper #"],
  ["actors.#.calls.#.flags", "Actor #, call #, Clears"],
  ["actors.#.calls.#.type", "Actor #, call #, Swap area"],
  ["actors.#.calls.#.prot", "Actor #, call #, Protection"],
  ["actors.#.accesses", "Actor #, accesses"],
  ["actors.#.accesses.#.rw", "Actor #, access #"],
  ["actors.#.accesses.#.index", "Actor #, access #, Page"],
];

/** @returns the path itself where the editor has no field for it */
export function placeText(path: string, draft: ScenarioDocument): string {
  const variant = /^kernel\.variants\.(\d+)$/.exec(path)?.[1];
  const id = variant === undefined ? undefined : draft.kernel?.variants?.[Number(variant)];
  if (id !== undefined) return `Variant ${id}`;
  const numbers = [...path.matchAll(/\.(\d+)/g)].map(([, n]) => Number(n) + 1);
  const place = PLACES.find(([pattern]) => pattern === path.replaceAll(/\.\d+/g, ".#"));
  return place === undefined ? path : place[1].replaceAll("#", () => `${numbers.shift()}`);
}
