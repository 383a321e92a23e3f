import type { ReactNode } from "react";
import type { Choice } from "../../engine/protocol.ts";
import { selectAt, selectChoices, useLabState } from "../store/LabContext.tsx";
import { useExplorer } from "./ExplorerContext.tsx";
import styles from "./ResultView.module.css";

interface Props {
  readonly choices: readonly Choice[];
  /** Where to stand; at its end if left out. */
  readonly at?: number;
  readonly label?: string;
  readonly children: ReactNode;
}

/** Puts a run on the page. The one that is there is marked. */
export function PlayButton({ choices, at = choices.length, label, children }: Props) {
  const explorer = useExplorer();
  const isHere = useLabState((state) => selectChoices(state) === choices && selectAt(state) === at);
  return (
    <button
      type="button"
      className={`${styles.play} ${isHere ? styles.here : ""}`}
      aria-label={label}
      aria-current={isHere ? "true" : undefined}
      onClick={() => {
        explorer.play(choices, at);
        // A narrow page may have been scrolled to where nothing of it shows.
        document.querySelector("main")?.scrollIntoView();
      }}
    >
      {children}
    </button>
  );
}
