import type { ReactNode } from "react";
import type { Choice, ScenarioDocument } from "../../engine/protocol.ts";
import { sameKernel } from "../shared/kernels.ts";
import { selectAt, selectChoices, selectScenario, useLabState } from "../store/LabContext.tsx";
import { useExplorer } from "./ExplorerContext.tsx";
import styles from "./ResultView.module.css";

interface Props {
  readonly choices: readonly Choice[];
  /** Where to stand; at its end if left out. */
  readonly at?: number;
  readonly label?: string;
  /** The scenario with the kernel that the run is of, if it is not the one that is open. */
  readonly document?: ScenarioDocument | undefined;
  readonly children: ReactNode;
}

/** Puts a run on the page. The one that is there is marked. */
export function PlayButton({ choices, at = choices.length, label, document, children }: Props) {
  const explorer = useExplorer();
  const isHere = useLabState(
    (state) =>
      selectChoices(state) === choices &&
      selectAt(state) === at &&
      (document === undefined || sameKernel(document.kernel, selectScenario(state)?.document.kernel)),
  );
  return (
    <button
      type="button"
      className={`${styles.play} ${isHere ? styles.here : ""}`}
      aria-label={label}
      aria-current={isHere ? "true" : undefined}
      onClick={() => {
        explorer.play(choices, at, document);
        // A narrow page may have been scrolled to where nothing of it shows.
        window.document.querySelector("main")?.scrollIntoView();
      }}
    >
      {children}
    </button>
  );
}
