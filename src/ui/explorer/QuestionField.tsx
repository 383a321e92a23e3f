import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { selectScenario, useLab, useLabState } from "../store/LabContext.tsx";
import { useExplorer } from "./ExplorerContext.tsx";
import { askQuery } from "./queries.ts";
import { cutAt } from "./questions.ts";
import styles from "./WishForm.module.css";

interface Props {
  readonly id: number;
  readonly number: number;
  readonly text: string;
  readonly takesFocus: boolean;
}

/** One question. The engine says whether it can be asked, and at which word it cannot. */
export function QuestionField({ id, number, text, takesFocus }: Props) {
  const explorer = useExplorer();
  const { client } = useLab();
  const handle = useLabState(selectScenario)?.handle ?? 0;
  const settled = useSettled(text.trim());
  const field = useRef<HTMLInputElement>(null);
  const { data } = useQuery({ ...askQuery(client, handle, settled), enabled: settled !== "" });
  const refused = settled === text.trim() && data?.ok === false ? data : undefined;
  const problem = `question-${id}-problem`;

  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);

  /** The focus goes on to what took its place, or to the button that makes another. */
  function remove(from: HTMLElement): void {
    const row = from.closest("li");
    const next = row?.nextElementSibling ?? row?.previousElementSibling;
    const add = from.closest("fieldset")?.querySelector<HTMLElement>("[data-add]");
    (next?.querySelector<HTMLElement>("input") ?? add)?.focus();
    explorer.removeQuestion(id);
  }

  return (
    <li className={styles.question}>
      <input
        ref={field}
        type="text"
        maxLength={500}
        spellCheck={false}
        autoCapitalize="off"
        aria-label={`Question ${number}`}
        aria-invalid={refused !== undefined}
        aria-describedby={refused ? problem : undefined}
        value={text}
        onChange={(event) => explorer.setQuestion(id, event.target.value)}
      />
      <button type="button" aria-label={`Remove question ${number}`} onClick={(event) => remove(event.currentTarget)}>
        <span aria-hidden="true">✕</span>
      </button>
      {refused && <Refusal id={problem} parts={cutAt(settled, refused)} sentence={refused.sentence} />}
    </li>
  );
}

function Refusal({
  id,
  parts: [before, word, after],
  sentence,
}: {
  id: string;
  parts: readonly [string, string, string];
  sentence: string;
}) {
  return (
    <div className={styles.refusal}>
      <code aria-hidden="true">
        {before}
        <mark>{word}</mark>
        {after}
      </code>
      <p id={id}>{sentence}</p>
    </div>
  );
}

const TYPING_MS = 200;

/** The text once the person has paused. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
