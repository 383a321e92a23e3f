import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useOverlay } from "../app/page.ts";
import dialog from "../shared/dialog.module.css";
import { CloseButton, Sheet } from "../shared/Sheet.tsx";
import { selectAt, selectChoices, selectScenario, useLab, useLabState } from "../store/LabContext.tsx";
import { diagramQuery } from "../store/queries.ts";
import styles from "./DiagramDialog.module.css";

/** The run up to the step shown as text for a mail, to be read and copied. */
export function DiagramDialog() {
  const [, setOpen] = useOverlay("diagram");
  return (
    <Sheet title="Diagram for a mail" className={styles.dialog} onClose={() => setOpen(false)}>
      <Diagram />
    </Sheet>
  );
}

function Diagram() {
  const lab = useLab();
  const scenario = useLabState(selectScenario);
  const choices = useLabState(selectChoices);
  const at = useLabState(selectAt);
  const [all, setAll] = useState(false);
  const [copied, setCopied] = useState("");
  const { data, error } = useQuery(diagramQuery(lab.client, scenario?.handle ?? 0, choices, at, all));

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopied("Copied.");
    } catch {
      setCopied("The browser does not let the page copy: select the text and copy it.");
    }
  }

  return (
    <>
      <textarea
        className={styles.text}
        readOnly
        rows={24}
        aria-label="Diagram"
        aria-busy={data === undefined}
        value={error === null ? (data?.text ?? "") : `The engine failed, which is a bug of this page: ${error.message}`}
      />
      <div className={dialog.buttons}>
        <label className={styles.all}>
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} /> All accesses
        </label>
        <span role="status" className={styles.copied}>
          {copied}
        </span>
        <button type="button" disabled={data === undefined} onClick={() => void copy(data?.text ?? "")}>
          Copy
        </button>
        <CloseButton />
      </div>
    </>
  );
}
