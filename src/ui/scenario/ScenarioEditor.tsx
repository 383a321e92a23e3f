import { useEffect, useState } from "react";
import { type Catalogue, type Problem, problemSentence, type ScenarioDocument } from "../../engine/protocol.ts";
import { withKernel } from "../shared/kernels.ts";
import { Sheet } from "../shared/Sheet.tsx";
import { diffFields } from "../store/documentDiff.ts";
import { useLab } from "../store/LabContext.tsx";
import { ActorsEditor } from "./ActorsEditor.tsx";
import { EntriesEditor, FoliosEditor } from "./EntriesEditor.tsx";
import { ProblemProvider, TextField } from "./fields.tsx";
import { KernelEditor } from "./KernelEditor.tsx";
import { MachineEditor } from "./MachineEditor.tsx";
import { placeText } from "./placeText.ts";
import styles from "./ScenarioEditor.module.css";

interface Props {
  readonly document: ScenarioDocument;
  readonly catalogue: Catalogue;
  /** What opens it, and has the focus again after it. */
  readonly opener: React.RefObject<HTMLElement | null>;
  readonly onDone: () => void;
}

/** Changes the scenario's numbers. The draft is the document itself; the engine says what is wrong with it. */
export function ScenarioEditor({ document, catalogue, opener, onDone }: Props) {
  // A run belongs to its scenario: the edited one starts anew.
  const [draft, setDraft] = useState(document);
  const changed = diffFields(document, draft).length > 0;
  return (
    <Sheet
      title="Edit the scenario"
      className={styles.sheet}
      onClose={onDone}
      // Only what is meant throws a changed draft away: a click beside the sheet may be a slip.
      onInteractOutside={(event) => changed && event.preventDefault()}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        opener.current?.focus();
      }}
    >
      <Draft draft={draft} setDraft={setDraft} catalogue={catalogue} onDone={onDone} />
    </Sheet>
  );
}

interface DraftProps {
  readonly draft: ScenarioDocument;
  readonly setDraft: (draft: ScenarioDocument) => void;
  readonly catalogue: Catalogue;
  readonly onDone: () => void;
}

function Draft({ draft, setDraft, catalogue, onDone }: DraftProps) {
  const lab = useLab();
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
        <TextField label="Title" path="title" value={draft.title ?? ""} onChange={(title) => setDraft(withTitle(draft, title))} wide />
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
            {problem && `${problemSentence({ ...problem, path: placeText(problem.path, draft) })}.`}
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

/** An empty title is none. */
function withTitle({ title: _, ...rest }: ScenarioDocument, title: string): ScenarioDocument {
  return title === "" ? rest : { ...rest, title };
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
