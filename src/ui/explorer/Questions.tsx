import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import type { ActorView } from "../../engine/protocol.ts";
import { selectScenario, useLab, useLabState } from "../store/LabContext.tsx";
import { useExplorer, useExplorerState } from "./ExplorerContext.tsx";
import { QuestionField } from "./QuestionField.tsx";
import { askQuery } from "./queries.ts";
import { examplesFor } from "./questions.ts";
import styles from "./WishForm.module.css";

const MOST_EXAMPLES = 5;

/** What is asked beside the properties. */
export function Questions({ actors }: { actors: readonly ActorView[] }) {
  const explorer = useExplorer();
  const questions = useExplorerState((state) => state.questions);
  const [added, setAdded] = useState<number | undefined>(undefined);
  return (
    <fieldset className={styles.questions}>
      <legend>Your questions</legend>
      {questions.length > 0 && (
        <ol>
          {questions.map(({ id, text }, n) => (
            <QuestionField key={id} id={id} number={n + 1} text={text} takesFocus={id === added} />
          ))}
        </ol>
      )}
      <Examples actors={actors} onAdd={(text) => setAdded(explorer.addQuestion(text))} />
    </fieldset>
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
