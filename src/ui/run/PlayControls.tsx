import { memo } from "react";
import controls from "../app/Controls.module.css";
import { useRunner, useRunnerState } from "./RunnerContext.tsx";
import { SPEEDS } from "./runner.ts";

/** The run as a film, and how long a step is. */
export const PlayControls = memo(function PlayControls() {
  const runner = useRunner();
  const playing = useRunnerState((state) => state.playing);
  const speed = useRunnerState((state) => state.speed);
  const coarse = useRunnerState((state) => state.coarse);
  return (
    <fieldset className={controls.group} aria-label="Play">
      <button type="button" onClick={() => runner.playOrPause()} data-tip="Along the run, to the next stop or its end">
        {playing ? "❚❚ Pause" : "▶ Play"}
      </button>
      <select aria-label="Speed, in steps a second" value={speed} onChange={(event) => runner.setSpeed(Number(event.target.value))}>
        {SPEEDS.map((steps) => (
          <option key={steps} value={steps}>
            {steps}/s
          </option>
        ))}
      </select>
      <select
        aria-label="A step is"
        value={coarse ? "call" : "access"}
        onChange={(event) => runner.setCoarse(event.target.value === "call")}
      >
        <option value="access">each access</option>
        <option value="call">whole calls</option>
      </select>
    </fieldset>
  );
});
