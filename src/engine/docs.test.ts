/** What people look up must be there under its name. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CALLS } from "./kernel/calls.ts";
import { PROFILES, VARIANTS } from "./kernel/variants/profiles.ts";

function documented(file: string): ReadonlySet<string> {
  const text = readFileSync(new URL(`../../docs/${file}`, import.meta.url), "utf8").replaceAll(/^```.*?^```/gms, "");
  return new Set([...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""));
}

it("docs/calls.md has every call", () => {
  const names = documented("calls.md");
  expect([...CALLS.keys()].filter((fn) => !names.has(fn))).toEqual([]);
});

it("docs/scenario.md has every profile and every variant", () => {
  const names = documented("scenario.md");
  expect([...PROFILES.keys(), ...VARIANTS.keys()].filter((id) => !names.has(id))).toEqual([]);
});
