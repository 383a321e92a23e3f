import { selectScenario, useLabState } from "../store/LabContext.tsx";
import styles from "./PresentationBar.module.css";
import { usePage } from "./page.ts";

/** All that a presentation shows beside the picture: what it is about, and the way out. */
export function PresentationBar() {
  const page = usePage();
  const title = useLabState(selectScenario)?.document.title;
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{title ?? "contpte-lab"}</h1>
      <button type="button" className={styles.leave} onClick={() => page.setState({ presenting: false })}>
        Leave <kbd>p</kbd>
      </button>
    </header>
  );
}
