import { describe, expect, it } from "vitest";
import { movedUp, replaced, rowKey } from "./rows.ts";

const list = [{ n: 0 }, { n: 1 }, { n: 2 }];
const keysOf = (rows: readonly object[]) => rows.map(rowKey);

describe("the rows of a draft", () => {
  it("have each a key of their own", () => {
    expect(new Set(keysOf(list)).size).toBe(3);
    expect(keysOf(list)).toEqual(keysOf(list));
  });

  it("keep it when they change, however often", () => {
    const changed = replaced(replaced(list, 1, { n: 7 }), 1, { n: 8 });
    expect(changed).toEqual([{ n: 0 }, { n: 8 }, { n: 2 }]);
    expect(keysOf(changed)).toEqual(keysOf(list));
  });

  it("keep it when others go or move", () => {
    const [first, second, third] = keysOf(list);
    expect(keysOf(replaced(list, 0, undefined))).toEqual([second, third]);
    expect(movedUp(list, 2)).toEqual([{ n: 0 }, { n: 2 }, { n: 1 }]);
    expect(keysOf(movedUp(list, 2))).toEqual([first, third, second]);
  });
});
