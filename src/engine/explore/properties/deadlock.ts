/** `no-deadlock`: where nobody can move, everybody has finished. */
import type { Automata } from "../automata/automata.ts";
import type { Watch } from "../automata/watch.ts";
import type { Report } from "./property.ts";

export function deadlockWatch(report: Report): Watch {
  let automata: Automata;
  return {
    columns: 0,
    begin(its) {
      automata = its;
    },
    onEnd(row) {
      if (automata.unfinished(row).length > 0) report("no-deadlock", -1);
    },
  };
}
