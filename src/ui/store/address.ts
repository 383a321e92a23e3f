/** Keeps the address and the lab together: a change of scenario is a page in the history, a step only replaces it. */
import { problemSentence } from "../../engine/protocol.ts";
import type { Lab, LabState } from "./lab.ts";
import { LONGEST_LINK, readLink, writeLink } from "./link.ts";

/** Opens what the address names; if it cannot be opened, says why, and what was open stays open. */
export async function openAddress(lab: Lab): Promise<void> {
  const link = readLink(location.hash);
  if (!link.ok) return fallBack(lab, link.sentence);
  const problem = await lab.open(link.place);
  if (problem !== undefined) await fallBack(lab, `This link cannot be opened: ${problemSentence(problem)}.`);
}

async function fallBack(lab: Lab, sentence: string): Promise<void> {
  if (lab.store.getState().scenario === undefined) await lab.openReady("");
  // The address names what is shown, not what could not be.
  const shown = linkOf(lab);
  if (shown !== undefined) history.replaceState(null, "", shown);
  lab.say({ tone: "problem", text: sentence });
}

type Shown = Pick<LabState, "scenario" | "choices" | "at">;

const sameShown = (a: Shown, b: Shown): boolean => a.scenario === b.scenario && a.choices === b.choices && a.at === b.at;

/** The link asked for last: the address and the header ask for the same one. */
let lastLink: { readonly of: Shown; readonly link: string | undefined } | undefined;

/** @returns undefined if nothing is open, or if what is open does not fit into a link */
function linkTo(of: Shown): string | undefined {
  if (lastLink === undefined || !sameShown(lastLink.of, of)) lastLink = { of, link: linkWithin(of) };
  return lastLink.link;
}

function linkWithin({ scenario, choices, at }: Shown): string | undefined {
  if (scenario === undefined) return undefined;
  const link = writeLink({ base: scenario.base, document: scenario.document, choices, at });
  return link.length <= LONGEST_LINK ? link : undefined;
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

/** What is open does not fit into a link. */
export const selectTooLarge = (state: LabState): boolean => state.scenario !== undefined && linkTo(state) === undefined;

/** @returns a function that stops it */
export function followAddress(lab: Lab): () => void {
  let written = location.hash;
  /** Places being opened because the address named them: they have their page in the history already. */
  let opening = 0;
  const unsubscribe = lab.store.subscribe((state, before) => {
    if (sameShown(state, before)) return;
    // What is too long for a link leaves an address without one, rather than that of an earlier state.
    const link = linkOf(lab) ?? location.pathname + location.search;
    if (link === location.hash) return;
    const opensAnother = before.scenario !== undefined && state.scenario !== before.scenario;
    if (opensAnother && opening === 0) history.pushState(null, "", link);
    else history.replaceState(null, "", link);
    written = location.hash;
  });
  const onHash = (): void => {
    if (location.hash === written) return;
    written = location.hash;
    opening++;
    void openAddress(lab).finally(() => {
      opening--;
      written = location.hash; // a link that could not be opened has given way to that of what is shown
    });
  };
  addEventListener("popstate", onHash);
  addEventListener("hashchange", onHash);
  return () => {
    unsubscribe();
    removeEventListener("popstate", onHash);
    removeEventListener("hashchange", onHash);
  };
}
