import type { Compared, SideName } from "../../../engine/protocol.ts";
import { count } from "../format.ts";
import { PlayButton } from "../PlayButton.tsx";
import result from "../ResultView.module.css";
import styles from "./Compare.module.css";
import type { CompareWish } from "./comparer.ts";
import { SIDE_WORDS, scheduleText } from "./compareText.ts";

const SIDES: readonly SideName[] = ["before", "after"];

/** The first step of one schedule that is not the same under both kernels, side by side. */
export function PartingView({ compared: { parting }, wish }: { compared: Compared; wish: CompareWish }) {
  const { step, choices } = parting;
  return (
    <section className={result.part} aria-labelledby="compare-parting">
      <h3 id="compare-parting">Where the same schedule parts</h3>
      <p className={result.about}>Followed under both: {scheduleText(parting)}.</p>
      {step === undefined ? (
        <p>It does not part: every one of its {count(choices.length, "step")} does the same under both.</p>
      ) : (
        <>
          <p>
            {step === 0 ? "At once" : `After ${count(step, "step")} that are the same`}, step {step + 1} is another:
          </p>
          <ul className={styles.sides} aria-label={`Step ${step + 1}`}>
            {SIDES.map((side) => (
              <Side key={side} side={side} turnout={parting[side]} choices={choices} at={step} document={wish[side]} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface SideProps {
  readonly side: SideName;
  readonly turnout: Compared["parting"][SideName];
  readonly choices: Compared["parting"]["choices"];
  readonly at: number;
  readonly document: CompareWish[SideName];
}

/** What one side does there. Its run is played up to and with that step, or up to where there is none. */
function Side({ side, turnout, choices, at, document }: SideProps) {
  if (turnout === undefined) return null;
  const { sentence, step, events = [] } = turnout;
  return (
    <li className={styles.side} aria-label={SIDE_WORDS[side]}>
      <b>{SIDE_WORDS[side]}</b>
      <p>{sentence}.</p>
      {events.map((event) => (
        <p key={event}>{event}.</p>
      ))}
      <PlayButton choices={choices} at={step === undefined ? at : at + 1} document={document} label={`Play this run ${side}`}>
        <span aria-hidden="true">▶ </span>Play {side}
      </PlayButton>
    </li>
  );
}
