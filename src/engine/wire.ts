/**
 * How requests travel to a worker. Each carries a whole run, which is long and mostly begins as the one of the request
 * before: sent is only what comes after that. What is sent once stays the very same object at the other end.
 */
import { type Choice, sharedChoices, type ToEngine } from "./protocol.ts";

/** A message, its run cut down to what follows so many choices of the run before. */
interface Packed {
  readonly message: ToEngine;
  readonly after: number;
}

export type Wired = ToEngine | Packed;

type Run = readonly Choice[];

const runIn = (message: ToEngine): Run | undefined =>
  "params" in message && "choices" in message.params ? message.params.choices : undefined;

const withRun = (message: ToEngine, choices: Run): ToEngine =>
  ({ ...message, params: { ...("params" in message && message.params), choices } }) as ToEngine;

/** @returns what has to be given every message to the same worker, in their order */
export function packer(): (message: ToEngine) => Wired {
  let sent: Run = [];
  return (message) => {
    const run = runIn(message);
    if (run === undefined) return message;
    const after = sharedChoices(sent, run);
    sent = run;
    return { message: withRun(message, run.slice(after)), after };
  };
}

/** @returns what has to be given all that one packer made, in their order */
export function unpacker(): (wired: Wired) => ToEngine {
  let known: Run = [];
  return (wired) => {
    if (!("after" in wired)) return wired;
    const { message, after } = wired;
    const more = runIn(message) ?? [];
    if (more.length > 0 || after < known.length) known = [...known.slice(0, after), ...more];
    return withRun(message, known);
  };
}
