import { replaceEqualDeep } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Inspection } from "../../engine/protocol.ts";
import { useLab } from "../store/LabContext.tsx";
import type { Lab } from "../store/lab.ts";
import { inspectedEntry } from "./inspected.ts";

/** So often at the most it is asked for and drawn anew: it costs more than a frame allows while a hand drags along a run. */
const CALM_MS = 120;

export interface Inspected {
  /** Of the scenario. */
  readonly handle: number;
  readonly at: number;
  readonly inspection: Inspection;
}

/**
 * An entry of what is shown, looked at closely: what is known of an earlier step until the answer comes. What is equal in
 * both stays the very same object.
 *
 * @param chosen the entry; if none is, it is the one that the run comes to
 */
export function useInspection(chosen: number | undefined): Inspected | undefined {
  const lab = useLab();
  const [inspected, setInspected] = useState<Inspected>();
  const asked = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    let isWanted = true;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    async function look(): Promise<void> {
      waiting = undefined;
      asked.current = performance.now();
      try {
        const next = await inspect(lab, chosen);
        if (isWanted && next !== undefined) setInspected((before) => replaceEqualDeep(before, next));
      } catch (error) {
        if (isWanted) lab.say({ tone: "problem", text: `The engine failed, which is a bug of this page: ${(error as Error).message}` });
      }
    }
    function ask(): void {
      if (waiting !== undefined) return;
      const wait = asked.current + CALM_MS - performance.now();
      if (wait > 0) waiting = setTimeout(look, wait);
      else void look();
    }
    ask();
    const unsubscribe = lab.store.subscribe(({ view }, before) => {
      if (view !== before.view) ask();
    });
    return () => {
      isWanted = false;
      clearTimeout(waiting);
      unsubscribe();
    };
  }, [lab, chosen]);
  return inspected;
}

async function inspect(lab: Lab, chosen: number | undefined): Promise<Inspected | undefined> {
  const { scenario, view, choices, at } = lab.store.getState();
  if (scenario === undefined || view === undefined) return undefined;
  const { handle } = scenario;
  const index = inspectedEntry(chosen, view.snapshot.entries.length, view.snapshot);
  return { handle, at, inspection: await lab.client.call("inspect", { handle, choices, at, index }) };
}
