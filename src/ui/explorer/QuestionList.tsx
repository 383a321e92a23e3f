import type { QuestionReport } from "../../engine/protocol.ts";
import { count } from "./format.ts";
import { PlayButton } from "./PlayButton.tsx";
import styles from "./ResultView.module.css";
import { VerdictMark } from "./VerdictMark.tsx";
import { failedFirst } from "./verdict.ts";

export function QuestionList({ questions }: { questions: readonly QuestionReport[] }) {
  if (questions.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="explorer-questions">
      <h3 id="explorer-questions">Your questions</h3>
      <ul className={styles.findings}>
        {failedFirst(questions).map((question, n) => (
          <li key={n} className={styles.finding} aria-label={question.text}>
            <VerdictMark verdict={question.verdict} />
            <div className={styles.what}>
              <code>{question.text}</code>
              <p className={styles.about}>{answerText(question)}</p>
              {question.choices && (
                <p className={styles.plays}>
                  <PlayButton choices={question.choices}>
                    <span aria-hidden="true">▶ </span>
                    {question.mode === "sometimes" ? "Play an example" : "Play a counterexample"} ({count(question.choices.length, "step")})
                  </PlayButton>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const ANSWERS: Readonly<Record<QuestionReport["mode"], Readonly<Record<QuestionReport["verdict"], string>>>> = {
  sometimes: { holds: "sometimes: it happens.", violated: "sometimes: it never happens.", stopped: "sometimes: not seen so far." },
  never: { holds: "never: it does not happen.", violated: "never: but it happens.", stopped: "never: not seen so far." },
  always: { holds: "always: in every state.", violated: "always: but not in every state.", stopped: "always: in every state so far." },
  eventually: {
    holds: "eventually: every run comes to it.",
    violated: "eventually: but there is a run that never comes to it.",
    stopped: "eventually: not decided.",
  },
};

const answerText = ({ mode, verdict }: QuestionReport): string => ANSWERS[mode][verdict];
