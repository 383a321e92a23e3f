/** Text in fonts of our own, so that a picture does not depend on those of the machine. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

const { resolve } = createRequire(import.meta.url);

const FONTS = (["sans", "mono"] as const).flatMap((family) =>
  ([400, 700] as const).map((weight) => {
    const file = resolve(`@fontsource/dejavu-${family}/files/dejavu-${family}-latin-${weight}-normal.woff2`);
    return { family: `pinned-${family}`, weight: String(weight), data: readFileSync(file).toString("base64") };
  }),
);

/** Before the page's own scripts, in every frame; as bytes and as a sheet without a tag, which the page's policy does not forbid. */
export const pinFonts = (page: Page): Promise<unknown> =>
  page.addInitScript((fonts) => {
    for (const { family, weight, data } of fonts)
      document.fonts.add(
        new FontFace(
          family,
          Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)),
          { weight },
        ),
      );
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":root { --sans: pinned-sans; --mono: pinned-mono }");
    document.adoptedStyleSheets = [sheet];
  }, FONTS);
