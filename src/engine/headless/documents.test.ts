import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../scenario/limits.ts";
import { SEED } from "../testing/arbitraries.ts";
import { type DocumentText, documentsOf } from "./documents.ts";

async function* arriving(chunks: readonly string[]): AsyncGenerator<string, void> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

async function cut(chunks: readonly string[], perLine: boolean): Promise<readonly DocumentText[]> {
  const found: DocumentText[] = [];
  for await (const document of documentsOf(arriving(chunks), perLine)) found.push(document);
  return found;
}

describe("what is read", () => {
  it("is cut at line ends, wherever the chunks end", async () => {
    const text = fc.array(fc.constantFrom("a", "b", "\n", "\n", " ", "é"), { maxLength: 30 }).map((letters) => letters.join(""));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 12 }), async (whole, sizes) => {
        const chunks: string[] = [];
        let rest = whole;
        for (const size of sizes) {
          chunks.push(rest.slice(0, size));
          rest = rest.slice(size);
        }
        expect(await cut([...chunks, rest], true)).toEqual(whole.split("\n").filter((line) => line.trim() !== ""));
        expect(await cut([...chunks, rest], false)).toEqual([whole]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("is one document, even if there is nothing", async () => {
    expect(await cut([], false)).toEqual([""]);
    expect(await cut([], true)).toEqual([]);
  });

  it("keeps a document of the longest length, and only the length of a longer one", async () => {
    const longest = "x".repeat(LIMITS.documentLength);
    expect(await cut([longest], false)).toEqual([longest]);
    expect(await cut([longest, "x"], false)).toEqual([{ length: LIMITS.documentLength + 1 }]);
    expect(await cut(["one\n", longest, "xx", "\ntwo\n", longest, "\n"], true)).toEqual([
      "one",
      { length: LIMITS.documentLength + 2 },
      "two",
      longest,
    ]);
  });
});
