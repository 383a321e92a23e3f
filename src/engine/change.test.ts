import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changed, changeOf } from "./change.ts";

/** No message of ours has a key that is no ordinary one in JavaScript. */
const data = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes("__proto__"));

describe("a change", () => {
  it("leads from any value to any other, and leaves the first as it was", () => {
    fc.assert(
      fc.property(data, data, (before, after) => {
        const kept = structuredClone(before);
        const change = changeOf(before, after);
        expect(change === undefined ? before : changed(before, structuredClone(change))).toEqual(after);
        expect(before).toEqual(kept);
      }),
    );
  });

  it("is none between equal values", () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(changeOf(value, structuredClone(value))).toBeUndefined();
      }),
    );
  });

  it("names only what differs, and keeps the very objects that do not", () => {
    const before = { entries: [{ word: "0x1" }, { word: "0x2" }], ptl: 0, tlbs: [{ start: 0 }, { start: 4 }] };
    const after = { entries: [{ word: "0x1" }, { word: "0x0" }], tlbs: [{ start: 0 }] };
    const change = changeOf(before, after);
    expect(change).toEqual({
      parts: [
        ["entries", { parts: [[1, { parts: [["word", { to: "0x0" }]] }]] }],
        ["tlbs", { parts: [], length: 1 }],
      ],
      gone: ["ptl"],
    });
    const made = changed(before, change ?? { to: undefined }) as typeof before;
    expect(made).toEqual(after);
    expect(made.entries[0]).toBe(before.entries[0]);
    expect(made.tlbs[0]).toBe(before.tlbs[0]);
  });
});
