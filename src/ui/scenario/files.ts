/** Scenarios as files: opened from disk, saved to disk. What is open stays open if a file is refused. */
import type { Lab } from "../store/lab.ts";

/** @param longest bytes a document may have; the engine checks everything else */
export async function openScenarioFile(lab: Lab, longest: number | undefined): Promise<void> {
  const file = await pickFile();
  if (file === undefined) return;
  if (longest !== undefined && file.size > longest) {
    const size = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;
    return lab.say({
      tone: "problem",
      text: `${file.name} was not opened: it holds ${size(file.size)}, a scenario at most ${size(longest)}.`,
    });
  }
  let text: string;
  try {
    text = await file.text();
  } catch {
    return lab.say({ tone: "problem", text: `${file.name} was not opened: the browser could not read it.` });
  }
  const problem = await lab.openSource({ text });
  if (problem === undefined) return;
  const where = problem.path === "" ? "the document" : problem.path;
  lab.say({ tone: "problem", text: `${file.name} was not opened: ${where} should be ${problem.expected}.` });
}

function pickFile(): Promise<File | undefined> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".json,application/json";
    input.onchange = () => resolve(input.files?.[0]);
    input.oncancel = () => resolve(undefined);
    input.click();
  });
}

/** The scenario with the choices up to the position: opened again, it shows the same step. */
export function saveScenarioFile(lab: Lab): void {
  const { scenario, choices, at } = lab.store.getState();
  if (scenario === undefined) return;
  const saved = { ...scenario.document, choices: choices.slice(0, at) };
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(saved, null, 2)}\n`], { type: "application/json" }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = `${
    (saved.title ?? "scenario")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "scenario"
  }.json`;
  anchor.click();
  URL.revokeObjectURL(url);
}
