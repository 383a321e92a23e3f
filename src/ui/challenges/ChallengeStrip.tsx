import { useMemo } from "react";
import { useStore } from "zustand";
import { type Challenge, switchesIn } from "../../engine/protocol.ts";
import { usePage } from "../app/page.ts";
import { actorName } from "../shared/names.ts";
import { useSettled } from "../shared/useSettled.ts";
import { copyLink } from "../store/address.ts";
import { useLab, useLabState } from "../store/LabContext.tsx";
import { challengeIn } from "../store/lesson.ts";
import { Prose } from "../stories/Prose.tsx";
import strip from "../stories/StoryStrip.module.css";
import { useStories } from "../stories/stories.ts";
import { type Advice, adviceOf } from "./advice.ts";
import styles from "./ChallengeStrip.module.css";
import type { Referee } from "./referee.ts";
import { challengeAfter, challengeNamed } from "./scene.ts";
import { metBy, parText, switchesText } from "./verdict.ts";

/** What is to be brought about with the picture above, and how far one is. */
export function ChallengeStrip() {
  const referee = useSettled(useStories().referee());
  const challenge = challengeNamed(useLabState((state) => challengeIn(state.lesson)));
  if (challenge === undefined) return null;
  return (
    <section className={styles.strip} aria-label="Challenge">
      <Title challenge={challenge} referee={referee} />
      <Task challenge={challenge} referee={referee} />
    </section>
  );
}

interface Props {
  readonly challenge: Challenge;
  readonly referee: Referee;
}

function Title({ challenge, referee }: Props) {
  const page = usePage();
  return (
    <div className={strip.title}>
      <h2 className={strip.name}>
        {challenge.title}
        <span className={strip.act}> · {challenge.level} challenge</span>
      </h2>
      <div className={strip.asides}>
        <button type="button" onClick={() => page.setState({ overlay: "challenges" })}>
          All challenges
        </button>
        <button type="button" onClick={() => page.setState({ overlay: "glossary" })}>
          Glossary
        </button>
        <button type="button" onClick={() => referee.leave()}>
          Leave the challenge
        </button>
      </div>
    </div>
  );
}

function Task({ challenge, referee }: Props) {
  const lab = useLab();
  const choices = useLabState((state) => state.choices);
  const at = useLabState((state) => state.at);
  const { judged, given, thinking, best } = useStore(referee.store);
  const shown = useMemo(() => choices.slice(0, at), [choices, at]);
  const met = metBy(judged, shown);
  const advice = met === undefined && given !== undefined ? adviceOf(given, shown) : undefined;
  const fewest = best[challenge.id];
  const following = challengeAfter(challenge);
  return (
    <div className={styles.task}>
      <p className={strip.caption}>
        <Prose text={challenge.task} />
      </p>
      <ul className={styles.score} aria-label="Score">
        <li>{switchesText(met?.switches ?? switchesIn(shown))} so far</li>
        <li>par {challenge.par}</li>
        {fewest !== undefined && <li>your best {fewest}</li>}
      </ul>
      <div className={styles.said} role="status" aria-label="Referee">
        {met !== undefined ? (
          <>
            <p>
              <b className={styles.solved}>
                ✓ Solved at step {met.at} with {switchesText(met.switches)}: {parText(challenge, met.switches)}.
              </b>
            </p>
            <p className={strip.because}>
              <Prose text={challenge.teaches} />
            </p>
          </>
        ) : thinking !== undefined ? (
          <p>Looking for a way{thinking.states > 0 && `: ${thinking.states} states so far`}…</p>
        ) : (
          advice && (
            <p>
              <b>Hint:</b> {adviceText(advice, (actor) => actorName(challenge.scenario, actor))}
            </p>
          )
        )}
      </div>
      <div className={styles.ways}>
        {thinking !== undefined && (
          <button type="button" onClick={thinking.stop}>
            Stop looking
          </button>
        )}
        {advice?.kind === "back" && (
          <button type="button" onClick={() => lab.seek(advice.to)}>
            Back to step {advice.to}
          </button>
        )}
        {met === undefined ? (
          <button type="button" disabled={thinking !== undefined} onClick={() => referee.hint()}>
            Hint
          </button>
        ) : (
          <button type="button" onClick={() => void copyLink(lab)}>
            Copy link
          </button>
        )}
        <button type="button" disabled={at === 0 && choices.length === 0} onClick={() => lab.restart()}>
          Start again
        </button>
        {met !== undefined && following !== undefined && (
          <button type="button" className={strip.primary} onClick={() => referee.next()}>
            Next challenge
          </button>
        )}
      </div>
    </div>
  );
}

function adviceText(advice: Advice, nameOf: (actor: number) => string): string {
  switch (advice.kind) {
    case "go": {
      const { actor, steps, to, upTo, switches } = advice;
      const many = steps === 1 ? "1 step" : `${steps} steps`;
      const after = switches === 0 ? "No further switch is needed." : `From here it takes ${switchesText(switches)}.`;
      return `${nameOf(actor)} goes next: ${many}, up to step ${to}, ${upTo}. ${after}`;
    }
    case "back":
      return `since step ${advice.lostBy} it cannot be reached any more: go back to step ${advice.to}.`;
    case "stopped":
      return "none, the search was stopped.";
    default:
      return advice satisfies never;
  }
}
