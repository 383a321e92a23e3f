import { describe, expect, it } from "vitest";
import { PROFILES, VARIANTS } from "../../engine/kernel/variants/profiles.ts";
import type { Catalogue, ScenarioDocument } from "../../engine/protocol.ts";
import { variantCard } from "../../engine/view/variantCard.ts";
import { unusedIfNamed, unusedOfProfile } from "./variantUse.ts";

const catalogue: Catalogue = {
  properties: [],
  kernelTag: "",
  calls: [],
  helpers: [],
  contPtes: { "4K": 16, "16K": 128, "64K": 32 },
  profiles: [...PROFILES].map(([id, profile]) => ({ id, ...profile })),
  variants: [...VARIANTS.values()].map(variantCard),
};

type Unused = typeof unusedOfProfile;
const ask = (unused: Unused, id: string, profile: string, variants: readonly string[] = [], bbm: 0 | 2 = 0) => {
  const card = catalogue.variants.find((known) => known.id === id);
  if (card === undefined) throw new Error(`there is no variant ${id}`);
  const setting: Pick<ScenarioDocument, "kernel" | "machine"> = { kernel: { profile, variants: [...variants] }, machine: { bbm } };
  return unused(card, setting, catalogue);
};

describe("a variant that the profile brings", () => {
  it("is used where nothing speaks against it", () => {
    expect(ask(unusedOfProfile, "lockless-early-exit", "6.17")).toBeUndefined();
    expect(ask(unusedOfProfile, "convert-bbml2", "6.17", [], 2)).toBeUndefined();
  });
  it("is not used on a machine it is not for", () => {
    expect(ask(unusedOfProfile, "convert-bbml2", "6.17")).toEqual({ wholly: true, why: "not used: needs bbm 2" });
  });
  it("gives way to a named one, wholly or in part", () => {
    expect(ask(unusedOfProfile, "convert-bbml2", "6.17", ["convert-no-tlbi"], 2)).toEqual({
      wholly: true,
      why: "replaced by convert-no-tlbi",
    });
    // It has two getters, of which the named one replaces the lockless.
    expect(ask(unusedOfProfile, "lockless-early-exit", "6.17", ["lockless-nosync"])).toEqual({
      wholly: false,
      why: "in part replaced by lockless-nosync",
    });
  });
});

describe("a variant that is named", () => {
  it("changes something in a kernel that has not got it", () => {
    expect(ask(unusedIfNamed, "lockless-early-exit", "6.12")).toBeUndefined();
    expect(ask(unusedIfNamed, "clear-young-dirty-overrun", "6.12")).toBeUndefined();
  });
  it("changes nothing where the profile has it already", () => {
    expect(ask(unusedIfNamed, "lockless-early-exit", "6.17")).toEqual({ wholly: true, why: "already part of 6.17" });
  });
  it("changes nothing where the kernel has no call that reaches it", () => {
    expect(ask(unusedIfNamed, "clear-young-dirty-overrun", "6.9")).toEqual({ wholly: true, why: "6.9 has no clear_young_dirty_ptes" });
  });
  it("needs the machine it is for", () => {
    expect(ask(unusedIfNamed, "convert-bbml2", "6.12")).toEqual({ wholly: true, why: "needs bbm 2" });
  });
});
