import { memo, Suspense, useRef } from "react";
import { keyText } from "../commands/command.ts";
import { ExploreButton } from "../explorer/ExploreButton.tsx";
import { selectScenario, useCatalogue, useLab, useLabState } from "../store/LabContext.tsx";
import { TakeAwayMenu } from "../takeAway/TakeAwayMenu.tsx";
import styles from "./Header.module.css";
import { KernelChip } from "./KernelChip.tsx";
import { useOverlay, usePage } from "./page.ts";
import { ScenarioEditor } from "./parts.ts";
import { ScenarioMenu } from "./ScenarioMenu.tsx";

export const Header = memo(function Header() {
  const lab = useLab();
  const scenario = useLabState(selectScenario);
  const catalogue = useCatalogue();
  const [editing, setEditing] = useOverlay("editor");
  const page = usePage();
  const editButton = useRef<HTMLButtonElement>(null);
  const tooLarge = useLabState((state) => state.isTooLarge);

  return (
    <header className={styles.header}>
      <h1 className={styles.name}>contpte-lab</h1>
      <ScenarioMenu scenario={scenario} />
      {scenario && catalogue && <KernelChip document={scenario.document} catalogue={catalogue} />}
      <p role="status" aria-label="Link" className={tooLarge ? styles.tooLarge : undefined}>
        {tooLarge && "Too large for a link: save it as a file."}
      </p>
      <nav className={styles.actions} aria-label="Scenario">
        <button type="button" onClick={() => page.setState({ overlay: "stories" })}>
          Stories
        </button>
        <ExploreButton />
        <button type="button" ref={editButton} onClick={() => setEditing(true)} disabled={scenario === undefined}>
          Edit…
        </button>
        <button type="button" onClick={async () => (await import("../scenario/files.ts")).openScenarioFile(lab)}>
          Open…
        </button>
        <TakeAwayMenu />
        <button type="button" aria-label="Commands" onClick={() => page.setState({ overlay: "palette" })}>
          <kbd>{keyText("mod+k")}</kbd>
        </button>
        <button type="button" className={styles.keys} aria-label="Keys" onClick={() => page.setState({ overlay: "keys" })}>
          <kbd>?</kbd>
        </button>
      </nav>
      {editing && scenario && catalogue && (
        <Suspense>
          <ScenarioEditor document={scenario.document} catalogue={catalogue} opener={editButton} onDone={() => setEditing(false)} />
        </Suspense>
      )}
    </header>
  );
});
