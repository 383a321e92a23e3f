import { memo, useId } from "react";
import { PlayControls } from "../run/PlayControls.tsx";
import { useRunner } from "../run/RunnerContext.tsx";
import { StopsMenu } from "../run/StopsMenu.tsx";
import { WholeNumberInput } from "../shared/WholeNumberInput.tsx";
import { useLab, useLabState, useShown } from "../store/LabContext.tsx";
import styles from "./Controls.module.css";

export function Controls() {
  const { snapshot, steps } = useShown();
  const { at } = snapshot;
  const total = steps.length;
  return (
    <footer className={styles.controls}>
      <Moves atStart={at === 0} />
      <StopsMenu />
      <PlayControls />
      <RandomStep />
      <span className={styles.position}>
        step {at} of {total}
        {at < total && <span className={styles.ahead}> · {total - at} ahead</span>}
      </span>
    </footer>
  );
}

const Moves = memo(function Moves({ atStart }: { atStart: boolean }) {
  const lab = useLab();
  const runner = useRunner();
  const running = useLabState((state) => state.running);
  return (
    <fieldset className={styles.group} aria-label="Move along the run">
      <button type="button" onClick={() => lab.restart()} title="Begin again; the run is kept under the timeline">
        Restart
      </button>
      <button type="button" onClick={() => lab.seek(0)} disabled={atStart} aria-label="To the start">
        ⇤
      </button>
      <button type="button" onClick={() => runner.back()} disabled={atStart}>
        ← Back
      </button>
      <button type="button" onClick={() => runner.forward()}>
        Forward →
      </button>
      {running === undefined ? (
        <button type="button" onClick={() => lab.runToEnd()}>
          Run to the end
        </button>
      ) : (
        <button type="button" onClick={running.stop}>
          Stop ({running.steps} steps)
        </button>
      )}
    </fieldset>
  );
});

const RandomStep = memo(function RandomStep() {
  const lab = useLab();
  const seed = useLabState((state) => state.seed);
  const id = useId();
  return (
    <fieldset className={styles.group} aria-label="Random step">
      <button type="button" onClick={() => lab.stepRandom()}>
        Random step
      </button>
      <label htmlFor={id} className={styles.seed}>
        seed
        <WholeNumberInput id={id} max={4294967295} value={seed} onText={setSeed} />
      </label>
    </fieldset>
  );

  function setSeed(text: string): void {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= 4294967295) lab.setSeed(value);
  }
});
