import { useQueries } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import type { ActorView } from "../../engine/protocol.ts";
import { selectAt, selectScenario, useLab, useLabState } from "../store/LabContext.tsx";
import { BoundFields } from "./BoundFields.tsx";
import { selectRunning, useExplorer, useExplorerState } from "./ExplorerContext.tsx";
import { QuestionField } from "./QuestionField.tsx";
import { askQuery } from "./queries.ts";
import { examplesFor } from "./questions.ts";
import styles from "./WishForm.module.css";

const MOST_EXAMPLES = 5;

/** What is explored: from where, what is asked beside the properties, how far it may go. */
export function WishForm({ actors }: { actors: readonly ActorView[] }) {
  const explorer = useExplorer();
  const running = useExplorerState(selectRunning);
  const questions = useExplorerState((state) => state.questions);
  const fromHere = useExplorerState((state) => state.fromHere);
  const at = useLabState(selectAt);
  const form = useRef<HTMLFormElement>(null);
  const [added, setAdded] = useState<number | undefined>(undefined);

  async function start(): Promise<void> {
    if (await explorer.start()) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }

  const add = (text: string): void => setAdded(explorer.addQuestion(text));

  function submit(event: FormEvent): void {
    event.preventDefault();
    void start();
  }

  return (
    <form ref={form} className={styles.form} noValidate onSubmit={submit}>
      {/* Enter in a field begins, and never stops. */}
      <button type="submit" hidden disabled={running !== undefined} />
      <div className={styles.start}>
        <button
          type="button"
          data-first
          className={running ? styles.stop : styles.go}
          aria-disabled={running?.stopping}
          onClick={() => (running ? running.stop() : void start())}
        >
          {running ? (running.stopping ? "Stopping…" : "Stop, and keep what was found") : "Explore every interleaving"}
        </button>
        <label className={styles.switch}>
          <input
            type="checkbox"
            role="switch"
            aria-checked={fromHere}
            checked={fromHere}
            onChange={(event) => explorer.setFromHere(event.target.checked)}
          />
          from here: step {at}
        </label>
      </div>
      <fieldset className={styles.questions}>
        <legend>Your questions</legend>
        {questions.length > 0 && (
          <ol>
            {questions.map(({ id, text }, n) => (
              <QuestionField key={id} id={id} number={n + 1} text={text} takesFocus={id === added} />
            ))}
          </ol>
        )}
        <Examples actors={actors} onAdd={add} />
      </fieldset>
      <BoundFields />
    </form>
  );
}

/** Those that the engine would take of this scenario. */
function Examples({ actors, onAdd }: { actors: readonly ActorView[]; onAdd: (text: string) => void }) {
  const { client } = useLab();
  const handle = useLabState(selectScenario)?.handle ?? 0;
  const asked = useExplorerState((state) => state.questions).map(({ text }) => text.trim());
  const examples = examplesFor(actors);
  const answers = useQueries({ queries: examples.map((text) => askQuery(client, handle, text)) });
  const offered = examples.filter((text, n) => answers[n]?.data?.ok === true && !asked.includes(text)).slice(0, MOST_EXAMPLES);
  return (
    <div className={styles.examples}>
      <button type="button" data-add onClick={() => onAdd("")}>
        Add a question
      </button>
      {offered.map((text) => (
        <button key={text} type="button" className={styles.example} aria-label={`Ask: ${text}`} onClick={() => onAdd(text)}>
          {text}
        </button>
      ))}
    </div>
  );
}
