import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rested } from "./rested.ts";

describe("what follows a hand", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());

  it("happens at the first of many moves, and once after the last", () => {
    const done: number[] = [];
    let asked = 0;
    const write = rested(() => void done.push(asked), 300);
    for (let frame = 0; frame < 1000; frame++) {
      asked++;
      write.ask();
      vi.advanceTimersByTime(10);
    }
    expect(done).toEqual([1]);
    vi.advanceTimersByTime(289);
    expect(done).toEqual([1]);
    vi.advanceTimersByTime(1);
    expect(done).toEqual([1, 1000]);
  });

  it("happens once for each move of a hand that rests between them", () => {
    const act = vi.fn();
    const write = rested(act, 100);
    for (let n = 1; n <= 3; n++) {
      write.ask();
      expect(act).toHaveBeenCalledTimes(n);
      vi.advanceTimersByTime(100);
    }
    expect(act).toHaveBeenCalledTimes(3);
  });

  it("happens before the hand rests where it must, and then not once more", () => {
    const act = vi.fn();
    const write = rested(act, 100);
    write.ask();
    write.flush();
    expect(act).toHaveBeenCalledTimes(1);
    write.ask();
    write.flush();
    write.flush();
    vi.advanceTimersByTime(1000);
    expect(act).toHaveBeenCalledTimes(2);
  });
});
