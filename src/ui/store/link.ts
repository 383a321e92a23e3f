/**
 * The address of what is shown: a hash of readable fields, only what differs from the
 * default. `v` is the version of this format; an older one is upgraded a step at a
 * time, a newer one is refused with a sentence.
 *
 *   #v=1&scenario=unfold-race&actors.0.calls.1.index=7&choices=0x5.1&at=4
 *   #v=1&story=map-a-folio&beat=3
 *   #v=1&challenge=nothing-there&choices=0x12.1
 */
import type { Choice, ScenarioDocument } from "../../engine/protocol.ts";
import { READY_SCENARIOS, type ReadyScenario } from "../../stories/scenarios/index.ts";
import { decodeChoices, encodeChoices } from "./choiceCodec.ts";
import { applyFields, diffFields, type Field } from "./documentDiff.ts";
import type { Lesson } from "./lesson.ts";
import type { LessonFields, StoryPlace } from "./lessonLink.ts";

const LINK_VERSION = 1;

/** Longer addresses are cut by some browsers and mail programs. */
export const LONGEST_LINK = 64 * 1024;

export interface Place {
  /** The ready scenario that the document is told by its difference from. */
  readonly base: ReadyScenario;
  readonly document: ScenarioDocument;
  readonly choices: readonly Choice[];
  readonly at: number;
  readonly lesson?: Lesson;
}

/** What a link says, by name. */
type Fields = ReadonlyMap<string, string>;

/** The scenarios that are not part of the page's first picture are found when a link names one. */
export type FindScenario = (name: string) => Promise<ReadyScenario | undefined>;

export type ReadLink =
  | { readonly ok: true; readonly place: Place }
  /** A story or a challenge: what the link says of it is read by what is loaded then. */
  | { readonly ok: true; readonly taught: LessonFields }
  | { readonly ok: false; readonly sentence: string };

const RESERVED = ["v", "scenario", "choices", "at"];

export function writeLink({ base, document, choices, at }: Place): string {
  const fields: (readonly [string, string])[] = [["v", `${LINK_VERSION}`], ["scenario", base.name], ...diffFields(base.document, document)];
  if (choices.length > 0) fields.push(["choices", encodeChoices(choices)]);
  return linkAt(`#${fields.map(([key, value]) => `${encode(key)}=${encode(value)}`).join("&")}`, at, choices.length);
}

export function writeStoryLink({ story, beat, at }: StoryPlace): string {
  const link = `#v=${LINK_VERSION}&story=${encode(story)}&beat=${beat + 1}`;
  return at === undefined ? link : `${link}&at=${at}`;
}

/** To the end of the run. */
export const writeChallengeLink = (challenge: string, choices: readonly Choice[]): string =>
  `#v=${LINK_VERSION}&challenge=${encode(challenge)}${choices.length > 0 ? `&choices=${encodeChoices(choices)}` : ""}`;

/** @param link to the end of a run of that length */
export const linkAt = (link: string, at: number, length: number): string => (at === length ? link : `${link}&at=${at}`);

/** Percent-encoding that leaves what is legal in a fragment readable. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/%(2C|3A|5B|5D|7B|7D|22|2B|2F)/g, (code) =>
    code === "%2B" || code === "%22" ? code : decodeURIComponent(code),
  );

/** @param hash with or without its `#`; empty means the first ready scenario */
export async function readLink(hash: string, find: FindScenario): Promise<ReadLink> {
  const text = hash.replace(/^#/, "");
  const [first] = READY_SCENARIOS;
  if (text === "") return { ok: true, place: { base: first, document: first.document, choices: [], at: 0 } };
  if (text.length > LONGEST_LINK) return refuse(`it is longer than ${LONGEST_LINK / 1024} KiB; save the scenario as a file instead`);
  const fields = text.split("&").map(splitField);
  if (fields.includes(undefined)) return refuse("a part of it is damaged: fields look like name=value");
  const values = new Map(fields as readonly Field[]);
  const version = values.get("v");
  if (version === undefined || !/^\d+$/.test(version)) return refuse("it has no version: links begin with v=1");
  if (Number(version) > LINK_VERSION)
    return refuse(`it was made by a newer version of this page (links v=${version}, this page reads up to v=${LINK_VERSION})`);
  if (Number(version) < 1) return refuse("its version is not one that ever was");
  return values.has("story") || values.has("challenge")
    ? { ok: true, taught: { values, run: readRun(values) } }
    : readVersion1(values, find);
}

/** @returns why it cannot be read: a part of a sentence */
function readRun(values: Fields): LessonFields["run"] {
  const decoded = decodeChoices(values.get("choices") ?? "");
  if (!decoded.ok) return `its choices are damaged at part ${decoded.part + 1}: expected something like 0x5.1.2r12`;
  const { choices } = decoded;
  const at = values.get("at") ?? `${choices.length}`;
  if (!/^\d{1,7}$/.test(at) || Number(at) > choices.length) return `its position "at" should be a step from 0 to ${choices.length}`;
  return { choices, at: Number(at) };
}

async function readVersion1(values: Fields, find: FindScenario): Promise<ReadLink> {
  const [first] = READY_SCENARIOS;
  const wanted = values.get("scenario");
  const base = wanted === undefined ? first : (READY_SCENARIOS.find((ready) => ready.name === wanted) ?? (await find(wanted)));
  if (base === undefined)
    return refuse(`there is no scenario "${wanted}"; known are ${READY_SCENARIOS.map((ready) => ready.name).join(", ")}`);
  const changes = [...values].filter(([key]) => !RESERVED.includes(key));
  const document = changes.length === 0 ? base.document : applyFields(base.document, changes);
  if (document === undefined)
    return refuse(`it changes a place that scenario "${base.name}" does not have: ${changes.map(([key]) => key).join(", ")}`);
  const run = readRun(values);
  if (typeof run === "string") return refuse(run);
  return { ok: true, place: { base, document: document as ScenarioDocument, ...run } };
}

const refuse = (why: string): ReadLink => ({ ok: false, sentence: `This link cannot be opened: ${why}.` });

function splitField(part: string): Field | undefined {
  const cut = part.indexOf("=");
  if (cut < 1) return undefined;
  try {
    return [decodeURIComponent(part.slice(0, cut)), decodeURIComponent(part.slice(cut + 1))];
  } catch {
    return undefined;
  }
}
