import { describe, expect, it } from "vitest";
import type { ScenarioDocument } from "../../engine/protocol.ts";
import { placeText } from "./placeText.ts";

const draft: ScenarioDocument = { version: 1, machine: {}, kernel: { variants: ["convert-no-tlbi", "fold-any-slot"] }, actors: [] };

describe("a place in the document", () => {
  const places: readonly (readonly [path: string, text: string])[] = [
    ["machine.va", "Address of entry 0"],
    ["machine.folios.0.pages", "Folio 1, Pages"],
    ["machine.ptes.11", "Entries at the start, line 12"],
    ["machine.ptes.2.flags.1", "Run 3, Flags"],
    ["kernel.variants.1", "Variant fold-any-slot"],
    ["actors", "Actors"],
    ["actors.1.calls.0.index", "Actor 2, call 1, Entry"],
    ["actors.0.calls.3.pte.apply.2", "Actor 1, call 4, helper 3"],
    ["actors.2.accesses.9.index", "Actor 3, access 10, Page"],
  ];
  it.each(places)("%s is called %s", (path, text) => {
    expect(placeText(path, draft)).toBe(text);
  });

  it("without a field keeps its path", () => {
    for (const path of ["", "choices.3", "machine.colour", "kernel.variants.7"]) expect(placeText(path, draft)).toBe(path);
  });
});
