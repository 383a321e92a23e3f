import { describe, expect, it } from "vitest";
import { shim } from "../linux/folders.ts";
import { textsIn } from "../linux/tree.ts";
import { VALUE_FUNCTIONS } from "./values.ts";

describe("the functions on values", () => {
  it("are those that the shim exports, no fewer and no more", () => {
    const exported = [...(textsIn(shim)("main.c") ?? "").matchAll(/^VALUE\((\w+),/gm)].map(([, name = ""]) => name);
    expect(Object.keys(VALUE_FUNCTIONS).sort()).toEqual(exported.sort());
  });
});
