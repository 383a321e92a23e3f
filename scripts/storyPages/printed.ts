/** A story with all that its page prints: the engine plays it, without a browser. */
import type { Client } from "../../src/engine/client.ts";
import type { Act, Snapshot, Story } from "../../src/engine/protocol.ts";
import type { ToldStory } from "../../src/ui/scripting/api.ts";
import { kernelText } from "../../src/ui/shared/kernels.ts";
import { type ToldAct, toldStory } from "../../src/ui/stories/toldStory.ts";

export interface PrintedStory {
  readonly told: ToldStory;
  readonly acts: readonly PrintedAct[];
}

export interface PrintedAct {
  readonly title?: string;
  /** Its scenario's title, and the kernel that it runs. */
  readonly scenario: string;
  readonly kernel: string;
  /** Of its run. */
  readonly steps: number;
  /** Where each of its beats stands. */
  readonly snapshots: readonly Snapshot[];
  /** Its whole run, as for a mail. */
  readonly diagram: string;
  /** What holds over every interleaving. */
  readonly expect?: NonNullable<Act["expect"]>;
}

export async function printed(client: Client, story: Story): Promise<PrintedStory> {
  const acts = [];
  for (const [n, act] of story.acts.entries()) acts.push(await played(client, act, `${story.id}, act ${n + 1}`));
  const told = toldStory(
    story,
    acts.map((act) => act.told),
  );
  return { told, acts: acts.map(({ told: _, ...act }) => act) };
}

async function played(
  client: Client,
  { title, scenario, beats, expect }: Act,
  name: string,
): Promise<PrintedAct & { readonly told: ToldAct }> {
  const opened = await client.open({ document: scenario });
  if (!opened.ok) throw new Error(`${name} cannot be opened: it should be ${opened.problem.expected}`);
  const { handle } = opened;
  const told = await client.call("tell", { handle, beats });
  if (!told.ok) throw new Error(`${name}, ${told.sentence}`);
  const { choices } = told;
  const snapshots = [];
  for (const { at } of told.beats) snapshots.push((await client.call("view", { handle, choices, at, knownSteps: 0 })).snapshot);
  const diagram = await client.call("diagram", { handle, choices, at: choices.length, all: false });
  return {
    told,
    ...(title !== undefined && { title }),
    scenario: scenario.title ?? "",
    kernel: kernelText(scenario.kernel),
    steps: choices.length,
    snapshots,
    diagram: diagram.text,
    ...(expect && { expect }),
  };
}
