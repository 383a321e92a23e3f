import { type FormEvent, useRef } from "react";
import type { ActorView } from "../../../engine/protocol.ts";
import { selectScenario, useCatalogue, useLabState } from "../../store/LabContext.tsx";
import { BoundFields } from "../BoundFields.tsx";
import { useComparerState, useExplorer } from "../ExplorerContext.tsx";
import { Questions } from "../Questions.tsx";
import form from "../WishForm.module.css";
import styles from "./Compare.module.css";
import { KernelPicker } from "./KernelPicker.tsx";

/** Which two kernels are compared, and what is asked of both. */
export function CompareForm({ actors }: { actors: readonly ActorView[] }) {
  const { comparer } = useExplorer();
  const running = useComparerState((state) => state.running);
  const { before, after } = useComparerState((state) => state.kernels);
  const document = useLabState(selectScenario)?.document;
  const catalogue = useCatalogue();
  const fields = useRef<HTMLFormElement>(null);

  async function start(): Promise<void> {
    if (await comparer.start()) return;
    fields.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void start();
  }

  if (document === undefined || catalogue === undefined) return null;
  return (
    <form ref={fields} className={form.form} noValidate onSubmit={submit}>
      {/* Enter in a field begins, and never stops. */}
      <button type="submit" hidden disabled={running !== undefined} />
      <div className={styles.kernels}>
        <KernelPicker
          side="before"
          kernel={before}
          document={document}
          catalogue={catalogue}
          onChange={(kernel) => comparer.setKernels({ before: kernel })}
        />
        <KernelPicker
          side="after"
          kernel={after}
          document={document}
          catalogue={catalogue}
          onChange={(kernel) => comparer.setKernels({ after: kernel })}
        />
      </div>
      <div className={form.start}>
        <button
          type="button"
          data-first
          className={running ? form.stop : form.go}
          aria-disabled={running?.stopping}
          onClick={() => (running ? running.stop() : void start())}
        >
          {running ? (running.stopping ? "Stopping…" : "Stop, and keep what was found") : "Compare"}
        </button>
        <button type="button" onClick={() => comparer.setKernels({ before: after, after: before })}>
          Exchange the two
        </button>
      </div>
      <Questions actors={actors} />
      <BoundFields />
    </form>
  );
}
