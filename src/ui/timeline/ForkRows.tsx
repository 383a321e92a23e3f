import { useQuery } from "@tanstack/react-query";
import { type MouseEvent, memo, useMemo, useState } from "react";
import { type Choice, type StepView, sharedChoices } from "../../engine/protocol.ts";
import type { Fork } from "../store/forks.ts";
import { selectChoices, selectScenario, useLab, useLabState } from "../store/LabContext.tsx";
import { stepsQuery } from "../store/queries.ts";
import { Bars } from "./Bars.tsx";
import { CompareRuns } from "./CompareRuns.tsx";
import { densityOf, digestOf, inOneLane, stepsPerBar } from "./digest.ts";
import styles from "./ForkRows.module.css";
import { LABELS, LANE } from "./geometry.ts";
import { LETTER_PX, Marks } from "./Marks.tsx";
import { ownX } from "./ownX.ts";
import { sentences } from "./sentences.ts";
import { positionAt, type Strip, stepsInSight, xOf } from "./strip.ts";

/** Under the lanes: the runs that others took the place of, each from where it parts from the current one. */
export function ForkRows({ strip }: { strip: Strip }) {
  const forks = useLabState((state) => state.forks.kept);
  const current = useLabState(selectChoices);
  const handle = useLabState(selectScenario)?.handle;
  const [compared, setCompared] = useState<Compared>();
  if (handle === undefined) return null;
  return (
    <>
      <ul className={styles.forks} aria-label="Runs kept">
        {forks.toReversed().map((fork) => (
          <ForkRow key={fork.id} fork={fork} current={current} handle={handle} strip={strip} onCompare={setCompared} />
        ))}
      </ul>
      {compared && <CompareRuns {...compared} current={current} handle={handle} onClose={() => setCompared(undefined)} />}
    </>
  );
}

interface Props {
  readonly fork: Fork;
  readonly current: readonly Choice[];
  readonly handle: number;
  readonly strip: Strip;
  readonly onCompare: (compared: Compared) => void;
}

interface Compared {
  readonly fork: Fork;
  /** What has the focus again afterwards. */
  readonly opener: HTMLElement;
}

const NO_STEPS: readonly StepView[] = [];

const ForkRow = memo(function ForkRow({ fork, current, handle, strip, onCompare }: Props) {
  const lab = useLab();
  const { id, choices } = fork;
  const { data: steps = NO_STEPS } = useQuery(stepsQuery(lab.client, handle, choices));
  const parting = useMemo(() => sharedChoices(current, choices), [current, choices]);
  const name = forkName(fork);
  const last = steps.at(-1);
  const where = parting === current.length ? `goes on after step ${parting}` : `parts after step ${parting}`;
  const length = `${choices.length - parting} more`;
  const end = last === undefined ? "" : `${sentences(last)}.`;

  /** A click on one of its steps goes there; otherwise one stands where both runs are still the same. */
  function take({ detail, currentTarget, clientX }: MouseEvent<HTMLElement>): void {
    const at = positionAt(strip, choices.length, ownX(currentTarget)(clientX) - LABELS);
    leave(currentTarget);
    if (detail > 0 && at > parting) lab.takeFork(id, at);
    else lab.takeFork(id);
  }

  function drop({ currentTarget }: MouseEvent<HTMLElement>): void {
    leave(currentTarget);
    lab.dropFork(id);
  }

  return (
    <li className={styles.fork} aria-label={name}>
      <button
        type="button"
        className={styles.take}
        aria-label={`Take up ${name}: it ${where}, ${length}. ${end}`}
        data-tip="Make this the current run; the present one is kept in its place"
        onClick={take}
      >
        <span className={styles.name} style={{ width: LABELS }}>
          {name}
        </span>
        <ForkTrack steps={steps} parting={parting} strip={strip} />
      </button>
      <p className={styles.about} aria-hidden="true" data-tip={end}>
        <b>
          {where}, {length}
        </b>{" "}
        {end}
      </p>
      <span className={styles.buttons}>
        <button
          type="button"
          aria-label={`Compare ${name} with the current run`}
          onClick={({ currentTarget }) => onCompare({ fork, opener: currentTarget })}
        >
          Compare
        </button>
        <button type="button" aria-label={`Drop ${name}`} data-tip="Drop this run" onClick={drop}>
          ✕
        </button>
      </span>
    </li>
  );
});

/** The row is about to go: the focus stays near. */
const leave = (button: HTMLElement): void => button.closest("section")?.focus({ preventScroll: true });

export const forkName = ({ id }: Fork): string => `run ${id}`;

const BAR = 14;

/** Its own steps, where they would stand on the current run's ruler. */
const ForkTrack = memo(function ForkTrack({ steps, parting, strip }: { steps: readonly StepView[]; parting: number; strip: Strip }) {
  const { px } = strip;
  const digest = useMemo(() => inOneLane(digestOf(steps)), [steps]);
  const flat = useMemo(() => steps.map((step) => ({ ...step, actor: 0 })), [steps]);
  const sight = stepsInSight(strip, steps.length);
  const from = Math.max(parting, sight.from);
  const top = (LANE - BAR) / 2;
  return (
    <svg className={styles.track} width={strip.width} height={LANE} aria-hidden="true">
      <g transform={`translate(${xOf(strip, 0)},0)`}>
        {/* No line of a million pixels: it reaches from edge to edge. */}
        <path
          className={styles.branch}
          d={`M${Math.max(parting, strip.left) * px - 1} 0V${LANE / 2}H${Math.min(steps.length, strip.left + strip.width / px) * px}`}
        />
        {px >= LETTER_PX ? (
          <Marks steps={flat} from={from} to={Math.max(from, sight.to)} px={px} />
        ) : (
          <Bars
            density={densityOf(digest, from, sight.to, stepsPerBar(px))}
            x={(step) => Math.max(step, parting) * px}
            y={() => top}
            height={BAR}
            gap={px >= 3 ? 1 : 0}
          />
        )}
      </g>
    </svg>
  );
});
