/**
 * The page inside another: `?mode=embed` shows it without chrome, and lets the page around it ask. "PING" is answered by
 * "PONG" as soon as there is somebody to ask, and from then on every change of the step is told.
 */
import type { Lab } from "../store/lab.ts";
import type { ContpteLab } from "./api.ts";

export const isEmbedded = (): boolean => new URLSearchParams(location.search).get("mode") === "embed";

const METHODS = ["load", "seek", "step", "stories", "story", "tell", "state", "idle"] as const;

interface Ask {
  /** The asker's own: it stands in the answer. */
  readonly contpteLab: string | number;
  readonly method: (typeof METHODS)[number];
  readonly params: readonly unknown[];
}

/** Answers the page around this one. */
export function answerFrame(lab: Lab, api: ContpteLab): void {
  let told: MessageEventSource | null = null;
  let origin = "";
  addEventListener("message", ({ data, source, origin: from }) => {
    if (source === null || source !== parent) return;
    const reply = (message: unknown): void => source.postMessage(message, { targetOrigin: targetOf(from) });
    if (data === "PING") {
      [told, origin] = [source, from];
      return reply("PONG");
    }
    if (isAsk(data)) void answer(api, data).then(reply);
  });
  lab.store.subscribe(({ at, choices, scenario }, before) => {
    if (at === before.at && choices === before.choices && scenario === before.scenario) return;
    told?.postMessage({ contpteLab: "shown", step: at, steps: choices.length }, { targetOrigin: targetOf(origin) });
  });
}

/** A page from a file has an origin that cannot be named. */
const targetOf = (origin: string): string => (origin === "null" || origin === "" ? "*" : origin);

function isAsk(data: unknown): data is Ask {
  if (typeof data !== "object" || data === null) return false;
  const { contpteLab, method, params } = data as Partial<Record<keyof Ask, unknown>>;
  const isId = typeof contpteLab === "string" || typeof contpteLab === "number";
  return isId && METHODS.some((known) => known === method) && Array.isArray(params);
}

async function answer(api: ContpteLab, { contpteLab, method, params }: Ask): Promise<unknown> {
  try {
    await api.ready;
    const act = api[method] as (...given: readonly unknown[]) => unknown;
    return { contpteLab, ok: true, answer: await act(...params) };
  } catch (error) {
    return { contpteLab, ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}
