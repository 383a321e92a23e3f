/** Keeps the address and the lab together: a change of scenario is a page in the history, a step only replaces it. */
import { type Problem, problemSentence } from "../../engine/protocol.ts";
import type { Lab, LabState, Standing } from "./lab.ts";
import { challengeIn, isTold } from "./lesson.ts";
import type { LessonFields } from "./lessonLink.ts";
import { type FindScenario, LONGEST_LINK, linkAt, readLink, writeChallengeLink, writeLink, writeStoryLink } from "./link.ts";
import { rested } from "./rested.ts";

/** The stories and the challenges, and what they are played with. */
export interface Library {
  readonly find: FindScenario;
  /** Opens what a link says of them. @returns why it cannot be opened: a part of a sentence */
  teach(lesson: LessonFields): Promise<string | undefined>;
}

/** Opens what a link names. @returns a sentence that says why it cannot be opened; what was open stays open then */
export async function openLink(lab: Lab, library: Library, hash: string): Promise<string | undefined> {
  const link = await readLink(hash, library.find);
  if (!link.ok) return link.sentence;
  const why = "taught" in link ? await library.teach(link.taught) : problemText(await lab.open(link.place));
  return why && `This link cannot be opened: ${why}.`;
}

const problemText = (problem: Problem | undefined): string | undefined => problem && problemSentence(problem);

/** Opens what the address names; if it cannot be opened, says why. */
export async function openAddress(lab: Lab, library: Library): Promise<void> {
  const sentence = await openLink(lab, library, location.hash);
  if (sentence !== undefined) await fallBack(lab, sentence);
}

async function fallBack(lab: Lab, sentence: string): Promise<void> {
  if (lab.store.getState().scenario === undefined) await lab.openReady("");
  // The address names what is shown, not what could not be.
  const shown = linkOf(lab);
  if (shown !== undefined) history.replaceState(null, "", shown);
  lab.say({ tone: "problem", text: sentence });
}

type Shown = Pick<LabState, "scenario" | "choices" | "at" | "lesson">;

const sameShown = (a: Shown, b: Shown): boolean =>
  a.scenario === b.scenario && a.choices === b.choices && a.at === b.at && a.lesson === b.lesson;

/** The run a link was asked for last: it is long, and the address and the header ask on each step along it. */
let lastRun: { readonly of: Shown; readonly link: string } | undefined;

/** @returns undefined if nothing is open, or if what is open does not fit into a link */
function linkTo({ scenario, choices, at, lesson }: Shown): string | undefined {
  if (scenario === undefined) return undefined;
  // Who has made choices of their own takes those away, not the story.
  if (isTold(lesson, choices)) return writeStoryLink({ story: lesson.story, beat: lesson.beat, ...(at !== lesson.at && { at }) });
  const end = { scenario, choices, at: choices.length, lesson };
  if (lastRun === undefined || !sameShown(lastRun.of, end)) lastRun = { of: end, link: linkToEnd(end) };
  const link = linkAt(lastRun.link, at, choices.length);
  return link.length <= LONGEST_LINK ? link : undefined;
}

function linkToEnd({ scenario, choices, at, lesson }: Standing): string {
  const challenge = challengeIn(lesson);
  if (challenge !== undefined) return writeChallengeLink(challenge, choices);
  return writeLink({ base: scenario.base, document: scenario.document, choices, at });
}

export const linkOf = (lab: Lab): string | undefined => linkTo(lab.store.getState());

/** Puts the link to what is shown on the clipboard, and says so. */
export async function copyLink(lab: Lab): Promise<void> {
  const link = linkOf(lab);
  if (link === undefined) return lab.say({ tone: "problem", text: "This scenario is too large for a link: save it as a file instead." });
  const address = new URL(link, location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    lab.say({ tone: "info", text: "The link to this step is on the clipboard." });
  } catch {
    lab.say({ tone: "info", text: "The browser does not let the page copy: the address bar holds the link to this step." });
  }
}

/** Browsers refuse an address that changes more than 100 times in 30 seconds, and each change costs as much as drawing a step. */
const REST_MS = 300;

/** @returns has the address name what is shown, without waiting for the hand to rest */
export function followAddress(lab: Lab, library: Library): () => void {
  let written = location.hash;
  /** Places being opened because the address named them: they have their page in the history already. */
  let opening = 0;
  function write(how: "pushState" | "replaceState", shown: Shown): void {
    // What is too long for a link leaves an address without one, rather than that of an earlier state.
    const link = linkTo(shown);
    lab.store.setState({ isTooLarge: shown.scenario !== undefined && link === undefined });
    if (link === location.hash) return;
    history[how](null, "", link ?? location.pathname + location.search);
    written = location.hash;
  }
  const replacing = rested(() => write("replaceState", lab.store.getState()), REST_MS);
  lab.store.subscribe((state, before) => {
    if (sameShown(state, before)) return;
    if (state.scenario === before.scenario) return replacing.ask();
    if (before.scenario === undefined || opening > 0) return write("replaceState", state);
    write("replaceState", before); // what was put off
    write("pushState", state);
  });
  const onHash = (): void => {
    if (location.hash === written) return;
    written = location.hash;
    opening++;
    void openAddress(lab, library).finally(() => {
      opening--;
      written = location.hash; // a link that could not be opened has given way to that of what is shown
    });
  };
  addEventListener("pagehide", replacing.flush);
  addEventListener("popstate", onHash);
  addEventListener("hashchange", onHash);
  return replacing.flush;
}
