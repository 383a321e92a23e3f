/**
 * The properties of a model: what `explore/properties/` remembers, in the state vector, and
 * what it checks, in C. A monitor knows all that can be known of an edge beforehand and
 * leaves the rest to the steps.
 */
import type { Subject } from "../explore/explore.ts";
import type { PropertyId } from "../explore/properties/property.ts";
import type { Closure } from "./closure.ts";
import { brokenBeforeMade } from "./monitors/breakBeforeMake.ts";
import { calls } from "./monitors/calls.ts";
import { deadlock } from "./monitors/deadlock.ts";
import { faultProgress } from "./monitors/faultProgress.ts";
import { flushDebt } from "./monitors/flushDebt.ts";
import { homogeneous } from "./monitors/homogeneous.ts";
import { lockless } from "./monitors/lockless.ts";
import { lostMarks } from "./monitors/lostMarks.ts";
import type { Hooks, Monitor } from "./monitors/monitor.ts";
import { stores } from "./monitors/stores.ts";
import { tlbUnique } from "./monitors/tlbUnique.ts";

export function monitorsFor(subject: Subject, closure: Closure, wanted: readonly PropertyId[]): readonly Monitor[] {
  const { bbm } = subject.scenario.features;
  const any = (...ids: readonly PropertyId[]): boolean => ids.some((id) => wanted.includes(id));
  return [
    calls(subject, closure),
    stores(subject, closure, wanted),
    ...(any("no-lost-dirty", "no-lost-young") ? [lostMarks(subject, closure, wanted)] : []),
    ...(any("lockless-value", "lockless-keeps-ad", "lockless-no-foreign-ad") ? [lockless(subject, closure, wanted)] : []),
    ...(any("block-homogeneous") ? [homogeneous(subject, closure)] : []),
    ...(any("break-before-make") && bbm === 0 ? [brokenBeforeMade(subject, closure)] : []),
    ...(any("tlb-unique") && bbm === 0 ? [tlbUnique()] : []),
    ...(any("tightening-complete", "no-stale-tlb") ? [flushDebt(subject, closure, wanted)] : []),
    ...(any("fault-progress") ? [faultProgress(subject, closure)] : []),
    ...(any("no-deadlock") ? [deadlock(subject)] : []),
  ];
}

export function hooksOf(monitors: readonly Monitor[]): Hooks {
  const all = (name: keyof Hooks): readonly string[] => monitors.flatMap((monitor) => monitor[name] ?? []);
  return {
    helpers: all("helpers"),
    before: all("before"),
    after: all("after"),
    updated: all("updated"),
    accessed: all("accessed"),
    landed: all("landed"),
    ended: all("ended"),
  };
}
