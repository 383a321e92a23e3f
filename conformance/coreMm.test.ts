import { describe, expect, it } from "vitest";
import { shim } from "../linux/folders.ts";
import { textsIn } from "../linux/tree.ts";
import { MM_PARAMETERS, MM_SLICES } from "../src/engine/linux/mmSources.ts";

const source = textsIn(shim)("mm.c") ?? "";

/** What the parameter lists begin with is a macro there. */
const PARAMETERS_IN = { ENTRY: 3, RANGE: 4 };

const exported = new Map(
  [...source.matchAll(/^CALL\((\w+)\) [^(]*\((ENTRY|RANGE)([^)]*)\)/gm)].map(([, name = "", start, more = ""]) => [
    name,
    PARAMETERS_IN[start as "ENTRY" | "RANGE"] + more.split(",").length - 1,
  ]),
);

describe("the calls of core mm", () => {
  it("are exported by the shim under their names, each with as many parameters as it is given", () => {
    expect(exported).toEqual(new Map(Object.entries(MM_PARAMETERS).map(([name, parameters]) => [name, parameters.length])));
  });

  it("depend on functions that are taken, or they would never be offered", () => {
    const guards = [...source.matchAll(/^#ifdef HAVE_(\w+)$/gm)].map(([, name]) => name);
    const taken = MM_SLICES.flatMap(({ functions }) => functions);
    expect(guards.filter((name) => name === undefined || !taken.includes(name))).toEqual([]);
    expect(guards.length).toBeGreaterThan(0);
  });

  it("are taken once each", () => {
    const taken = MM_SLICES.flatMap(({ functions }) => functions);
    expect(new Set(taken).size).toBe(taken.length);
  });
});
