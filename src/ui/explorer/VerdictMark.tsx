import type { Verdict } from "../../engine/protocol.ts";
import styles from "./VerdictMark.module.css";

/** Each verdict has a shape of its own: a round tick, a square cross, a diamond with a bar. */
const SHAPES: Readonly<Record<Verdict, { readonly sign: string; readonly name: string }>> = {
  holds: { sign: "✓", name: "holds" },
  violated: { sign: "✗", name: "violated" },
  stopped: { sign: "–", name: "not decided" },
};

export function VerdictMark({ verdict, name = SHAPES[verdict].name }: { verdict: Verdict; name?: string }) {
  return (
    <span className={`${styles.mark} ${styles[verdict]}`}>
      <span aria-hidden="true">{SHAPES[verdict].sign}</span>
      <span className="visually-hidden">{name}</span>
    </span>
  );
}
