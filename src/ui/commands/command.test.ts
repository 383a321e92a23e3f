import { describe, expect, it } from "vitest";
import { matches } from "./command.ts";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...held,
});

describe("a key", () => {
  const cases: readonly (readonly [key: string, pressed: ReturnType<typeof press>, is: boolean])[] = [
    ["r", press("r"), true],
    ["r", press("r", { ctrlKey: true }), false], // the browser's
    ["r", press("r", { altKey: true }), false],
    ["?", press("?", { shiftKey: true }), true],
    ["+", press("+", { shiftKey: true }), true],
    ["+", press("="), false],
    ["mod+k", press("k", { ctrlKey: true }), true],
    ["mod+k", press("k", { metaKey: true }), true],
    ["mod+k", press("K", { ctrlKey: true }), true], // with the capitals locked
    ["mod+k", press("k"), false],
    ["mod+z", press("Z", { ctrlKey: true, shiftKey: true }), false],
    ["mod+shift+z", press("Z", { ctrlKey: true, shiftKey: true }), true],
    ["mod+shift+z", press("z", { ctrlKey: true }), false],
    [" ", press(" "), true],
  ];
  it.each(cases)("%s pressed as %j: %s", (key, pressed, is) => {
    expect(matches(key, pressed)).toBe(is);
  });
});
