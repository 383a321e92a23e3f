/** The title of a story or an act as a whole frame, in the page's own colours. */
import { readFileSync } from "node:fs";
import { root } from "../setup.mjs";

/** The page's colours and fonts, light and dark. */
const BASE = readFileSync(`${root}src/ui/app/base.css`, "utf8");

const LOOKS = `
  body { display: grid; grid-template-rows: 1fr auto 1fr; height: 100vh; box-sizing: border-box; padding: 64px 96px 40px; }
  main { grid-row: 2; border-left: 6px solid var(--cont); padding-left: 36px; }
  .over { font-size: 22px; color: var(--dim); }
  h1 { font-size: 54px; line-height: 1.15; letter-spacing: -0.01em; margin: 10px 0 18px; text-wrap: balance; }
  .text { font-size: 26px; line-height: 1.45; max-width: 46em; text-wrap: pretty; }
  code { font: 0.9em var(--mono); background: var(--soft); border-radius: 4px; padding: 0 5px; }
  img { display: block; width: 100%; margin-top: 56px; }
  footer { grid-row: 3; align-self: end; font-size: 18px; color: var(--dim); }
`;

export interface Card {
  /** Stands above the title, smaller. */
  readonly over: string;
  readonly title: string;
  /** `code` in backticks. */
  readonly text: string;
}

/** @param picture a PNG that is shown below */
export const cardPage = ({ over, title, text }: Card, picture: Buffer): string => `<!doctype html>
<meta charset="utf-8">
<style>${BASE}${LOOKS}</style>
<main>
  <p class="over">${prose(over)}</p>
  <h1>${prose(title)}</h1>
  <p class="text">${prose(text)}</p>
  <img alt="" src="data:image/png;base64,${picture.toString("base64")}">
</main>
<footer>contpte-lab</footer>
`;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const prose = (text: string): string =>
  text
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? character)
    .split("`")
    .map((part, n) => (n % 2 === 1 ? `<code>${part}</code>` : part))
    .join("");
