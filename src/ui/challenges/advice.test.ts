import { expect, it } from "vitest";
import { adviceOf } from "./advice.ts";

it("is the same as long as it is followed, and silent when it has been", () => {
  const given = { run: [0, 0], hint: { kind: "way", turn: [1, 1, 1], actor: 1, upTo: "CPU1 reads", switches: 2 } } as const;
  const told = { kind: "go", actor: 1, steps: 3, to: 5, upTo: "CPU1 reads", switches: 2 };
  expect(adviceOf(given, [0, 0])).toEqual(told);
  expect(adviceOf(given, [0, 0, 1, 1])).toEqual(told);
  expect(adviceOf(given, [0, 0, 1, 1, 1])).toBeUndefined();
});

it("is nothing to who goes another way or back behind it", () => {
  const given = { run: [0, 0], hint: { kind: "way", turn: [1, 1], actor: 1, upTo: "", switches: 1 } } as const;
  expect(adviceOf(given, [0, 0, 0])).toBeUndefined();
  expect(adviceOf(given, [0])).toBeUndefined();
  expect(adviceOf(given, [0, 1])).toBeUndefined();
});

it("that all is lost stays until one goes back before that", () => {
  const given = { run: [0, 1, 1, 0], hint: { kind: "lost", since: 2 } } as const;
  const told = { kind: "back", to: 1, lostBy: 2 };
  expect(adviceOf(given, [0, 1, 1, 0])).toEqual(told);
  expect(adviceOf(given, [0, 1, 0, 0, 0])).toEqual(told);
  expect(adviceOf(given, [0, 1])).toEqual(told);
  expect(adviceOf(given, [0])).toBeUndefined();
  expect(adviceOf(given, [0, 0, 1])).toBeUndefined();
});
