import { useState } from "react";
import { READY_SCENARIOS } from "../../stories/scenarios/index.ts";
import { openScenarioFile, saveScenarioFile } from "../scenario/files.ts";
import { ScenarioEditor } from "../scenario/ScenarioEditor.tsx";
import { linkOf, selectTooLarge } from "../store/address.ts";
import { selectScenario, useCatalogue, useLab, useLabState } from "../store/LabContext.tsx";
import styles from "./Header.module.css";
import { KernelChip } from "./KernelChip.tsx";
import { KeysDialog } from "./KeysDialog.tsx";

const OWN = "own";

export function Header() {
  const lab = useLab();
  const scenario = useLabState(selectScenario);
  const catalogue = useCatalogue();
  const [editing, setEditing] = useState(false);
  const tooLarge = useLabState(selectTooLarge);
  const ready = scenario && READY_SCENARIOS.find((r) => r.document === scenario.document);

  async function share(): Promise<void> {
    const link = linkOf(lab);
    if (link === undefined) return lab.say({ tone: "problem", text: "This scenario is too large for a link: save it as a file instead." });
    const address = new URL(link, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      lab.say({ tone: "info", text: "The link to this step is on the clipboard." });
    } catch {
      lab.say({ tone: "info", text: "The browser does not let the page copy: the address bar holds the link to this step." });
    }
  }

  return (
    <header className={styles.header}>
      <h1 className={styles.name}>contpte-lab</h1>
      <label className={styles.picker}>
        <span className="visually-hidden">Scenario</span>
        <select
          value={ready?.name ?? OWN}
          onChange={(event) => {
            // Keys step the race again at once, instead of choosing another scenario.
            event.target.blur();
            void lab.openReady(event.target.value);
          }}
          disabled={scenario === undefined}
        >
          {READY_SCENARIOS.map(({ name, document }) => (
            <option key={name} value={name}>
              {document.title}
            </option>
          ))}
          {scenario && ready === undefined && (
            <option value={OWN}>
              {scenario.document.title === scenario.base.document.title ? `${scenario.document.title} (changed)` : scenario.document.title}
            </option>
          )}
        </select>
      </label>
      {scenario && catalogue && <KernelChip document={scenario.document} catalogue={catalogue} />}
      <p role="status" aria-label="Link" className={tooLarge ? styles.tooLarge : undefined}>
        {tooLarge && "Too large for a link: save it as a file."}
      </p>
      <nav className={styles.actions} aria-label="Scenario">
        <button type="button" onClick={() => setEditing(true)} disabled={scenario === undefined}>
          Edit…
        </button>
        <button type="button" onClick={() => void openScenarioFile(lab)}>
          Open…
        </button>
        <button type="button" onClick={() => saveScenarioFile(lab)} disabled={scenario === undefined}>
          Save
        </button>
        <button type="button" onClick={() => void share()} disabled={scenario === undefined}>
          Copy link
        </button>
        <KeysDialog />
      </nav>
      {scenario && catalogue && (
        <ScenarioEditor key={scenario.handle} open={editing} onOpenChange={setEditing} document={scenario.document} catalogue={catalogue} />
      )}
    </header>
  );
}
