import { memo, useId } from "react";
import { PlayControls } from "../run/PlayControls.tsx";
import { useRunner } from "../run/RunnerContext.tsx";
import { StopsMenu } from "../run/StopsMenu.tsx";
import { Popover } from "../shared/Popover.tsx";
import { NARROW, useMedia } from "../shared/useMedia.ts";
import { WholeNumberInput } from "../shared/WholeNumberInput.tsx";
import { useLab, useLabState, useShown } from "../store/LabContext.tsx";
import styles from "./Controls.module.css";

export function Controls() {
  const { snapshot, steps } = useShown();
  const narrow = useMedia(NARROW);
  const { at } = snapshot;
  const total = steps.length;
  return (
    <footer className={styles.controls}>
      {narrow ? <Few atStart={at === 0} /> : <All atStart={at === 0} />}
      <span className={styles.position}>
        step {at} of {total}
        {at < total && <span className={styles.ahead}> · {total - at} ahead</span>}
      </span>
    </footer>
  );
}

const All = memo(function All({ atStart }: { atStart: boolean }) {
  return (
    <>
      <fieldset className={styles.group} aria-label="Move along the run">
        <Restart />
        <Steps atStart={atStart} />
        <WholeRun />
      </fieldset>
      <StopsMenu />
      <PlayControls />
      <RandomStep />
    </>
  );
});

/** What a thumb needs all the time, and the rest for who asks. */
const Few = memo(function Few({ atStart }: { atStart: boolean }) {
  const running = useLabState((state) => state.running !== undefined);
  return (
    <>
      <fieldset className={styles.group} aria-label="Move along the run">
        <Steps atStart={atStart} />
        {running && <WholeRun />}
      </fieldset>
      <Popover face="More…" label="More ways to move" className={styles.more} side="above" align="end">
        <div className={styles.ways}>
          <fieldset className={styles.group} aria-label="The whole run">
            <Restart />
            {!running && <WholeRun />}
          </fieldset>
          <StopsMenu />
          <PlayControls />
          <RandomStep />
        </div>
      </Popover>
    </>
  );
});

function Restart() {
  const lab = useLab();
  return (
    <button type="button" onClick={() => lab.restart()} data-tip="Begin again; the run is kept under the timeline">
      Restart
    </button>
  );
}

function Steps({ atStart }: { atStart: boolean }) {
  const lab = useLab();
  const runner = useRunner();
  return (
    <>
      <button type="button" onClick={() => lab.seek(0)} disabled={atStart} aria-label="To the start">
        ⇤
      </button>
      <button type="button" onClick={() => runner.back()} disabled={atStart}>
        ← Back
      </button>
      <button type="button" onClick={() => runner.forward()}>
        Forward →
      </button>
    </>
  );
}

function WholeRun() {
  const lab = useLab();
  const running = useLabState((state) => state.running);
  if (running === undefined) {
    return (
      <button type="button" onClick={() => lab.runToEnd()}>
        Run to the end
      </button>
    );
  }
  return (
    <button type="button" onClick={running.stop}>
      Stop ({running.steps} steps)
    </button>
  );
}

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
