/** The picture as a file: what is drawn is in picture.ts. */
import { fileNameOf, saveFile } from "../scenario/files.ts";
import { kernelText } from "../shared/kernels.ts";
import type { Lab } from "../store/lab.ts";
import { COLOURS, pictureOf, placeText, type Theme } from "./picture.ts";

/** A PNG has so many pixels to one of the page: sharp on paper and on dense screens. */
const SCALE = 2;

export async function savePicture(lab: Lab, format: "svg" | "png"): Promise<void> {
  const { scenario, choices, at } = lab.store.getState();
  const snapshot = lab.shown()?.snapshot;
  if (scenario === undefined || snapshot === undefined) return;
  const { title = "Untitled" } = scenario.document;
  const place = placeText(kernelText(scenario.document.kernel), at, choices.length);
  const picture = pictureOf(snapshot, { title, place }, themeOf(document.documentElement));
  const svg = new Blob([picture.svg], { type: "image/svg+xml" });
  const name = `${fileNameOf(scenario.document)}-step-${at}`;
  if (format === "svg") return saveFile(`${name}.svg`, svg);
  try {
    saveFile(`${name}.png`, await pngOf(svg, picture));
  } catch {
    lab.say({ tone: "problem", text: "The browser could not make a PNG of the picture: save it as SVG instead." });
  }
}

/** Light or dark, as the page is. */
function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Theme;
}

async function pngOf(svg: Blob, { width, height }: { readonly width: number; readonly height: number }): Promise<Blob> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * SCALE, height * SCALE];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((png) => (png === null ? reject(new Error("no picture")) : resolve(png)), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
