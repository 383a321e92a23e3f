import { describe, expect, it } from "vitest";
import { functionIn } from "./slice.ts";

const SOURCE = `#include <nothing.h>

int take(struct thing *t);

/* take() { is not here */
static inline int
give(struct thing *t,
     int how)
{
	if (take(t)) {
		return 1;
	}
	return how;
}
DECLARE(give);
static __always_inline void
nothing(void) { }

#ifdef SOMETHING
int take(struct thing *t)
	__must_hold(t)
{
	return give(t, 2);
}
#endif
`;

describe("a function taken out of a file", () => {
  it("comes with its return type and all its lines, and says where it began", () => {
    const give = functionIn(SOURCE, "give");
    expect(give?.line).toBe(6);
    expect(give?.text).toBe(SOURCE.slice(SOURCE.indexOf("static inline int"), SOURCE.indexOf("DECLARE")));
  });

  it("is the definition: not a declaration, a use or a word in a comment", () => {
    const take = functionIn(SOURCE, "take");
    expect(take?.line).toBe(20);
    expect(take?.text.split("\n")).toEqual(["int take(struct thing *t)", "\t__must_hold(t)", "{", "\treturn give(t, 2);", "}", ""]);
  });

  it("may fill a single line", () => {
    expect(functionIn(SOURCE, "nothing")).toEqual({ text: "static __always_inline void\nnothing(void) { }\n", line: 16 });
  });

  it("is missing if it is only declared or only part of a name", () => {
    expect(functionIn("int take(void);\nint retake(void)\n{\n}\n", "take")).toBeUndefined();
  });
});
