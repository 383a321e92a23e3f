import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { paced } from "./paced.ts";

describe("what must not happen too often", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
  afterEach(() => void vi.useRealTimers());

  it("happens at once for a burst, then no more than once in its time, and the last one always", () => {
    const done: number[] = [];
    let asked = 0;
    const pace = paced(() => void done.push(asked), 3, 400);
    for (let frame = 0; frame < 1000; frame++) {
      asked++;
      pace.ask();
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(400);
    expect(done.slice(0, 3)).toEqual([1, 2, 3]);
    expect(done.length).toBeLessThanOrEqual(3 + 10_000 / 400 + 1);
    expect(done.length).toBeGreaterThan(20);
    expect(done.at(-1)).toBe(1000);
  });

  it("allows a burst again after a rest", () => {
    const act = vi.fn();
    const pace = paced(act, 2, 100);
    for (let n = 0; n < 5; n++) pace.ask();
    expect(act).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1000);
    pace.ask();
    pace.ask();
    expect(act).toHaveBeenCalledTimes(5); // the one put off, and two more
  });

  it("does at once what was put off, and then does not do it twice", () => {
    const act = vi.fn();
    const pace = paced(act, 1, 100);
    pace.ask();
    pace.ask();
    pace.flush();
    pace.flush();
    vi.advanceTimersByTime(1000);
    expect(act).toHaveBeenCalledTimes(2);
  });
});
