/** Scenarios as files: opened from disk, saved to disk. What is open stays open if a file is refused. */
import { LIMITS, problemSentence, type ScenarioDocument } from "../../engine/protocol.ts";
import type { Lab } from "../store/lab.ts";

export async function openScenarioFile(lab: Lab): Promise<void> {
  const file = await pickFile();
  const refuse = (why: string): void => lab.say({ tone: "problem", text: `${file.name} was not opened: ${why}.` });
  // Far too large is refused unread; the engine has the exact limit.
  if (file.size > 4 * LIMITS.documentLength)
    return refuse(`it holds ${mebibytes(file.size)}, a scenario at most ${mebibytes(LIMITS.documentLength)}`);
  let text: string;
  try {
    text = await file.text();
  } catch {
    return refuse("the browser could not read it");
  }
  const problem = await lab.openSource({ text });
  if (problem !== undefined) refuse(problemSentence(problem));
}

const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** Never answers when none is picked. To take "cancel" for an answer would be too soon: a driven Firefox says so first, and picks then. */
function pickFile(): Promise<File> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".json,application/json";
    input.onchange = () => {
      const file = input.files?.[0];
      if (file !== undefined) resolve(file);
    };
    input.click();
  });
}

/** The scenario with the choices up to the position: opened again, it shows the same step. */
export function saveScenarioFile(lab: Lab): void {
  const { scenario, choices, at } = lab.store.getState();
  if (scenario === undefined) return;
  saveJson(`${fileNameOf(scenario.document)}.json`, JSON.stringify({ ...scenario.document, choices: choices.slice(0, at) }, null, 2));
}

/** The run up to the position as a trace that other tools read. */
export async function saveTraceFile(lab: Lab): Promise<void> {
  const { scenario, choices, at } = lab.store.getState();
  if (scenario === undefined) return;
  const refuse = (why: string): void => lab.say({ tone: "problem", text: `The trace was not saved: ${why}.` });
  try {
    const traced = await lab.client.call("trace", { handle: scenario.handle, choices, at });
    if (traced.ok) saveJson(`${fileNameOf(scenario.document)}.itf.json`, JSON.stringify(traced.trace));
    else refuse(`every state tells the whole table, so the run may have at most ${traced.mostSteps} steps here`);
  } catch (error) {
    refuse(`the engine failed, which is a bug of this page: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A file name, without what comes after its dot. */
export const fileNameOf = ({ title = "scenario" }: ScenarioDocument): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "") || "scenario";

const saveJson = (name: string, text: string): void => saveFile(name, new Blob([`${text}\n`], { type: "application/json" }));

export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(url);
}
