import type { Explored } from "../../engine/protocol.ts";
import { count, inShort, listed } from "./format.ts";
import { PlayButton } from "./PlayButton.tsx";
import styles from "./ResultView.module.css";

/** Who never finishes, and who may go round in circles. */
export function Stragglers({ explored: { stuck, spinning }, nameOf }: { explored: Explored; nameOf: (actor: number) => string }) {
  if (stuck.length + spinning.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="explorer-stragglers">
      <h3 id="explorer-stragglers">Stuck and spinning</h3>
      <ul className={styles.findings}>
        {stuck.map(({ actors, interleavings, choices }, n) => (
          <li key={`stuck ${n}`} className={styles.straggler}>
            <span>
              <b>Stuck:</b> {listed(actors.map(nameOf))} never {actors.length === 1 ? "finishes" : "finish"}, whatever anybody does from
              there on
              {interleavings !== undefined && ` (${inShort(interleavings)} interleavings)`}.
            </span>
            <Play choices={choices} />
          </li>
        ))}
        {spinning.map(({ actor, choices }) => (
          <li key={`spinning ${actor}`} className={styles.straggler}>
            <span>
              <b>Spinning:</b> {nameOf(actor)} may go round in circles until somebody else makes a step.
            </span>
            <Play choices={choices} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const Play = ({ choices }: { choices: Explored["stuck"][number]["choices"] }) => (
  <PlayButton choices={choices}>
    <span aria-hidden="true">▶ </span>Play ({count(choices.length, "step")})
  </PlayButton>
);
