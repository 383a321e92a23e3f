import type { ToldBeat } from "../../engine/protocol.ts";
import styles from "./Checks.module.css";

interface Props {
  readonly checks: ToldBeat["checks"];
  /** The picture is still on the way to where they are looked at. */
  readonly arePending: boolean;
}

/** What the engine has found to be so where the beat stands. */
export function Checks({ checks, arePending }: Props) {
  return (
    <ul className={styles.checks} aria-label="Checked by the engine">
      {checks.map(({ text, holds }, n) => (
        <li key={text} className={arePending ? styles.pending : holds ? styles.holds : styles.fails} data-nth={Math.min(n, 5)}>
          <span aria-hidden="true" className={styles.tick}>
            {arePending ? "○" : holds ? "✓" : "✗"}
          </span>
          <span className="visually-hidden">{arePending ? "to be checked: " : holds ? "is so: " : "is not so: "}</span>
          {text}
        </li>
      ))}
    </ul>
  );
}
