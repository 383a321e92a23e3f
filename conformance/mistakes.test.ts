import { describe, expect, it } from "vitest";
import { MISTAKES, scenarioFor, withMistake } from "./mistakes.ts";

const [flush, dirty, frame] = MISTAKES;

/** Not the kernel's: as much of its form as the edits look at. */
const source = `
static void other(void)
{
	__flush_tlb_range(1, 2);
}

static void contpte_convert(void)
{
	for (;;) {
		if (pte_dirty(e))
			t = pte_mkdirty(t);
	}
	/* __flush_tlb_range() comes first; */
	__flush_tlb_range(1,
			  2);
	made();
}

int contpte_ptep_get_lockless(void)
{
	return !fits(e) || pte_pfn(e) != want || other();
}
`;

describe("a mistake", () => {
  it("is made in its function and nowhere else", () => {
    if (flush === undefined || dirty === undefined || frame === undefined) throw new Error("there are three");
    expect(withMistake(source, flush)).toBe(source.replace("__flush_tlb_range(1,\n\t\t\t  2);\n\tmade", ";\n\tmade"));
    expect(withMistake(source, dirty)).toBe(source.replace("if (pte_dirty(e))\n", "if (0)\n"));
    expect(withMistake(source, frame)).toBe(source.replace("pte_pfn(e) != want", "0"));
  });

  it.each(MISTAKES)("is not made where there is no such line: $title", (mistake) => {
    expect(withMistake(source.replaceAll(mistake.fn, "renamed"), mistake)).toBeUndefined();
    expect(withMistake(`int ${mistake.fn}(void)\n{\n\treturn 0;\n}\n`, mistake)).toBeUndefined();
  });

  it.each(MISTAKES)("has its scenario: $title", (mistake) => {
    expect(scenarioFor(mistake).variants).toEqual([]);
  });
});
