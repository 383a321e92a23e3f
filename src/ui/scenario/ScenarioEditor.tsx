import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { type Catalogue, type Problem, problemSentence, type ScenarioDocument } from "../../engine/protocol.ts";
import dialog from "../shared/dialog.module.css";
import { useLab } from "../store/LabContext.tsx";
import { ActorsEditor } from "./ActorsEditor.tsx";
import { EntriesEditor, FoliosEditor } from "./EntriesEditor.tsx";
import { ProblemProvider, TextField } from "./fields.tsx";
import { KernelEditor } from "./KernelEditor.tsx";
import { MachineEditor } from "./MachineEditor.tsx";
import styles from "./ScenarioEditor.module.css";

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly document: ScenarioDocument;
  readonly catalogue: Catalogue;
}

/** Changes the scenario's numbers. The draft is the document itself; the engine says what is wrong with it. */
export function ScenarioEditor({ open, onOpenChange, document, catalogue }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={dialog.overlay} />
        <Dialog.Content className={`${dialog.content} ${styles.sheet}`} aria-describedby={undefined}>
          <Dialog.Title className={dialog.title}>Edit the scenario</Dialog.Title>
          <Draft document={document} catalogue={catalogue} onDone={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Draft({ document, catalogue, onDone }: { document: ScenarioDocument; catalogue: Catalogue; onDone: () => void }) {
  const lab = useLab();
  // A run belongs to its scenario: the edited one starts anew.
  const [draft, setDraft] = useState(document);
  const problem = useProblem(draft);
  const change = (part: Partial<ScenarioDocument>): void => setDraft({ ...draft, ...part });

  async function apply(): Promise<void> {
    if ((await lab.openSource({ document: draft })) === undefined) onDone();
  }

  return (
    <ProblemProvider value={problem}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void apply();
        }}
      >
        <TextField label="Title" path="title" value={draft.title ?? ""} onChange={(title) => change({ title })} wide />
        <MachineEditor machine={draft.machine} onChange={(machine) => change({ machine })} />
        <FoliosEditor machine={draft.machine} onChange={(machine) => change({ machine })} />
        <EntriesEditor machine={draft.machine} onChange={(machine) => change({ machine })} />
        <KernelEditor
          kernel={draft.kernel}
          machine={draft.machine}
          catalogue={catalogue}
          onChange={(kernel) => setDraft(withKernel(draft, kernel))}
        />
        <ActorsEditor actors={draft.actors} catalogue={catalogue} onChange={(actors) => change({ actors })} />
        <div className={styles.foot}>
          <p role="status" className={styles.problem}>
            {problem && `${problemSentence(problem)}.`}
          </p>
          <button type="button" onClick={onDone}>
            Cancel
          </button>
          <button type="submit" className={styles.apply} disabled={problem !== undefined}>
            Open this scenario
          </button>
        </div>
      </form>
    </ProblemProvider>
  );
}

function withKernel({ kernel: _, ...rest }: ScenarioDocument, kernel: ScenarioDocument["kernel"]): ScenarioDocument {
  return kernel === undefined ? rest : { ...rest, kernel };
}

/** What the engine says is wrong with the draft, as it stands now. */
function useProblem(draft: ScenarioDocument): Problem | undefined {
  const lab = useLab();
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  useEffect(() => {
    const late = new AbortController();
    lab.client.call("check", { document: draft }, { signal: late.signal }).then(
      (checked) => setProblem(checked.ok ? undefined : checked.problem),
      (error: unknown) => {
        if (!late.signal.aborted) setProblem({ path: "", expected: `checked, but the engine failed: ${String(error)}` });
      },
    );
    return () => late.abort();
  }, [draft, lab]);
  return problem;
}
