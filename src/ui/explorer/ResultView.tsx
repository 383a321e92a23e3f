import { memo } from "react";
import type { ActorView, Explored } from "../../engine/protocol.ts";
import { ExactNumber } from "./ExactNumber.tsx";
import { useExplorerState } from "./ExplorerContext.tsx";
import { duration, grouped } from "./format.ts";
import { FuturePane } from "./futures/FuturePane.tsx";
import { GridPane } from "./grid/GridPane.tsx";
import { Outcomes } from "./Outcomes.tsx";
import { PropertyList } from "./PropertyList.tsx";
import { QuestionList } from "./QuestionList.tsx";
import styles from "./ResultView.module.css";
import { Stragglers } from "./Stragglers.tsx";
import { VerdictMark } from "./VerdictMark.tsx";
import { verdictOf } from "./verdict.ts";

interface Props {
  readonly explored: Explored;
  readonly actors: readonly ActorView[];
}

/** Actors move; their names, which are all that is used of them, belong to the scenario. */
const isSame = (before: Props, after: Props): boolean => before.explored === after.explored;

/** What was found, most important first. */
export const ResultView = memo(function ResultView({ explored, actors }: Props) {
  const from = useExplorerState((state) => state.shown?.choices.length ?? 0);
  const { look, headline, beside } = verdictOf(explored);
  const nameOf = (actor: number): string => actors[actor]?.name ?? `actor ${actor}`;
  return (
    <>
      <section className={`${styles.verdict} ${styles[look]}`} aria-label="Verdict">
        <p className={styles.headline}>
          <VerdictMark verdict={look} />
          {headline}
        </p>
        {beside && <p>{beside}</p>}
        <p className={styles.limits}>
          {explored.limits} {from === 0 ? "From the start." : `From step ${from} on.`}
        </p>
      </section>
      <FuturePane />
      <GridPane actors={actors} />
      <Figures explored={explored} />
      <QuestionList questions={explored.questions} />
      <PropertyList properties={explored.properties} />
      <Stragglers explored={explored} nameOf={nameOf} />
      <Outcomes explored={explored} nameOf={nameOf} />
    </>
  );
}, isSame);

function Figures({ explored }: { explored: Explored }) {
  const { states, machineStates, transitions, interleavings, loops, seconds } = explored;
  return (
    <dl className={styles.figures} aria-label="Figures">
      <div className={styles.whole}>
        <dt>interleavings</dt>
        <dd>
          {interleavings === undefined ? "not counted" : <ExactNumber decimal={interleavings} name="interleavings" />}
          {loops && <span className={styles.note}> with loops, each counted as gone through once</span>}
        </dd>
      </div>
      <div>
        <dt>states</dt>
        <dd>{grouped(states)}</dd>
      </div>
      <div data-tip="States that differ in memory, TLBs or actors, and not only in what properties remember">
        <dt>of the machine</dt>
        <dd>{grouped(machineStates)}</dd>
      </div>
      <div>
        <dt>transitions</dt>
        <dd>{grouped(transitions)}</dd>
      </div>
      <div>
        <dt>took</dt>
        <dd>{duration(seconds)}</dd>
      </div>
    </dl>
  );
}
