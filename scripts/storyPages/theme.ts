/** The page's colours outside of a page: by day, for paper. */
import { readFileSync } from "node:fs";
import { COLOURS, type Theme } from "../../src/ui/takeAway/picture.ts";
import { root } from "../setup.mjs";

export function paperTheme(): Theme {
  const sheet = readFileSync(`${root}src/ui/app/base.css`, "utf8");
  const colours = COLOURS.map((name) => {
    // The first is that of the light page; the dark one comes after it.
    const colour = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(sheet)?.[1];
    if (colour === undefined) throw new Error(`the page's style sheet has no colour --${name}`);
    return [name, colour] as const;
  });
  return Object.fromEntries(colours) as Theme;
}
