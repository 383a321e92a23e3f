import { describe, expect, it } from "vitest";
import { type Choice, PROTOCOL_VERSION, type ToEngine } from "./protocol.ts";
import { packer, unpacker } from "./wire.ts";

const run = (length: number, actor = 0): readonly Choice[] => Array.from({ length }, () => ({ actor }));
const view = (choices: readonly Choice[]): ToEngine => ({
  v: PROTOCOL_VERSION,
  id: 1,
  method: "view",
  params: { handle: 1, choices, at: choices.length, knownSteps: 0 },
});
const longer = run(1000);
const MESSAGES: readonly ToEngine[] = [
  { v: PROTOCOL_VERSION, id: 1, method: "describe", params: {} },
  view([]),
  view(longer),
  view(longer),
  { v: PROTOCOL_VERSION, cancel: 3 },
  view([...longer, { actor: 1 }]),
  view(longer.slice(0, 10)),
  view(run(20, 2)),
];

describe("messages on their way to a worker", () => {
  it("arrive as they were sent", () => {
    const [pack, unpack] = [packer(), unpacker()];
    for (const message of MESSAGES) expect(unpack(structuredClone(pack(message)))).toEqual(message);
  });

  it("are as short as what is new in their run", () => {
    const pack = packer();
    pack(view(longer));
    expect(JSON.stringify(pack(view([...longer, { actor: 1 }]))).length).toBeLessThan(300);
    expect(JSON.stringify(pack(view([...longer, { actor: 1 }]))).length).toBeLessThan(300);
  });

  it("keep what is equal the very same object at the other end", () => {
    const [pack, unpack] = [packer(), unpacker()];
    const choicesOf = (message: ToEngine) =>
      (unpack(structuredClone(pack(message))) as { params: { choices: readonly Choice[] } }).params.choices;
    const first = choicesOf(view(longer));
    expect(choicesOf(view(run(1000)))).toBe(first);
    expect(choicesOf(view([...longer, { actor: 1 }]))[500]).toBe(first[500]);
  });
});
