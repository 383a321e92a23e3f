import { useRef, useState } from "react";
import { openScenarioFile, saveScenarioFile, saveTraceFile } from "../scenario/files.ts";
import { ScenarioEditor } from "../scenario/ScenarioEditor.tsx";
import { linkOf, selectTooLarge } from "../store/address.ts";
import { selectScenario, useCatalogue, useLab, useLabState } from "../store/LabContext.tsx";
import styles from "./Header.module.css";
import { KernelChip } from "./KernelChip.tsx";
import { KeysDialog } from "./KeysDialog.tsx";
import { ScenarioMenu } from "./ScenarioMenu.tsx";

export function Header() {
  const lab = useLab();
  const scenario = useLabState(selectScenario);
  const catalogue = useCatalogue();
  const [editing, setEditing] = useState(false);
  const editButton = useRef<HTMLButtonElement>(null);
  const tooLarge = useLabState(selectTooLarge);

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
      <ScenarioMenu scenario={scenario} />
      {scenario && catalogue && <KernelChip document={scenario.document} catalogue={catalogue} />}
      <p role="status" aria-label="Link" className={tooLarge ? styles.tooLarge : undefined}>
        {tooLarge && "Too large for a link: save it as a file."}
      </p>
      <nav className={styles.actions} aria-label="Scenario">
        <button type="button" ref={editButton} onClick={() => setEditing(true)} disabled={scenario === undefined}>
          Edit…
        </button>
        <button type="button" onClick={() => void openScenarioFile(lab)}>
          Open…
        </button>
        <button type="button" onClick={() => saveScenarioFile(lab)} disabled={scenario === undefined}>
          Save
        </button>
        <button
          type="button"
          title="The run up to this step in the Informal Trace Format, which model checkers' tools read"
          onClick={() => void saveTraceFile(lab)}
          disabled={scenario === undefined}
        >
          Save trace
        </button>
        <button type="button" onClick={() => void share()} disabled={scenario === undefined}>
          Copy link
        </button>
        <KeysDialog />
      </nav>
      {scenario && catalogue && (
        <ScenarioEditor open={editing} onOpenChange={setEditing} document={scenario.document} catalogue={catalogue} opener={editButton} />
      )}
    </header>
  );
}
