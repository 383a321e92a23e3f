import { selectAt, useLab, useLabState } from "../../store/LabContext.tsx";
import { decidedBy, FUTURE } from "../../timeline/futures.ts";
import { useExplorer } from "../ExplorerContext.tsx";
import part from "../ResultView.module.css";
import styles from "./FuturePane.module.css";
import { useFutures } from "./useFutures.ts";

/** What the future holds where the run on the page stands, and which step decided it. */
export function FuturePane() {
  const lab = useLab();
  const explorer = useExplorer();
  const at = useLabState(selectAt);
  const { futures, isLost } = useFutures();
  if (isLost)
    return (
      <section className={part.part} aria-labelledby="explorer-future">
        <h3 id="explorer-future">From here on</h3>
        <p className={part.about}>
          Something else was explored since, and only the last exploration is kept to say what can still fail.{" "}
          <button type="button" className={part.small} onClick={() => explorer.again()}>
            Explore this again
          </button>
        </p>
      </section>
    );
  const here = futures?.[at];
  if (futures === undefined || here === undefined) return null;
  const decided = decidedBy(futures);
  const { sign, word, about } = FUTURE[here];
  return (
    <section className={part.part} aria-labelledby="explorer-future">
      <h3 id="explorer-future">From here on</h3>
      <p>
        <span className={`${styles.future} ${styles[here]}`}>
          <span aria-hidden="true">{sign}</span> {word}
        </span>{" "}
        At step {at}: {about}.
      </p>
      {decided && (
        <p className={part.about}>
          This run {decided.future === "doomed" ? "is doomed by" : "is safe after"}{" "}
          <button type="button" className={part.small} onClick={() => lab.seek(decided.step)}>
            step {decided.step}
          </button>
          : before it, that was not certain.
        </p>
      )}
    </section>
  );
}
