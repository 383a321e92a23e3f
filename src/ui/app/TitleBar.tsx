import { memo } from "react";
import { linkOf } from "../store/address.ts";
import { selectScenario, useLab, useLabState } from "../store/LabContext.tsx";
import { usePage, usePageState } from "./page.ts";
import styles from "./TitleBar.module.css";

/** All that a presentation or an embedded page shows beside the picture: what it is about, and the way out. */
export const TitleBar = memo(function TitleBar() {
  const title = useLabState(selectScenario)?.document.title;
  const presenting = usePageState((state) => state.presenting);
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{title ?? "contpte-lab"}</h1>
      {presenting ? <Leave /> : <OpenWhole />}
    </header>
  );
});

function Leave() {
  const page = usePage();
  return (
    <button type="button" className={styles.way} onClick={() => page.setState({ presenting: false })}>
      Leave <kbd>p</kbd>
    </button>
  );
}

/** To this very step on the whole page. */
function OpenWhole() {
  const lab = useLab();
  const link = useLabState(() => linkOf(lab));
  return (
    <a className={styles.way} href={`${location.pathname}${link ?? ""}`} target="_blank" rel="noreferrer">
      Open in contpte-lab
    </a>
  );
}
