import { memo, useEffect, useMemo, useState } from "react";
import type { Explored, OutcomeView, ScenarioDocument } from "../../engine/protocol.ts";
import { grouped, inShort, share } from "./format.ts";
import styles from "./Outcomes.module.css";
import { differingEntries, mostLikelyFirst, type Range, ranges, shortWord, type Words } from "./outcomes.ts";
import { PlayButton } from "./PlayButton.tsx";
import part from "./ResultView.module.css";

const FIRST = 50;

/** Rows that are laid out together, and only once they come into sight. */
const GROUP = 50;

/** Rows added in one frame. */
const MORE = 100;

/** The ways in which runs end, as far as they differ. */
export function Outcomes({ explored, nameOf }: { explored: Explored; nameOf: (actor: number) => string }) {
  const { outcomes, words, interleavings } = explored;
  const differing = useMemo(() => differingEntries(outcomes), [outcomes]);
  if (outcomes.length === 0) return null;
  return (
    <section className={part.part} aria-labelledby="explorer-outcomes">
      <h3 id="explorer-outcomes">
        {outcomes.length === 1 ? "One outcome" : `${grouped(outcomes.length)} outcomes`}
        {explored.stopped && " so far"}
      </h3>
      <OutcomesLegend differing={differing} />
      <OutcomeTable outcomes={outcomes} total={interleavings} differing={differing} words={words} nameOf={nameOf} />
    </section>
  );
}

export const OutcomesLegend = ({ differing }: { differing: readonly number[] }) => (
  <p className={part.about}>
    What everybody got
    {differing.length > 0 ? ", and the entries that do not always end the same" : "; the table ends the same in all of these"}. C
    contiguous, W writable, Y young, D dirty (h by hardware, s by software, + both).
  </p>
);

interface TableProps extends Omit<RowProps, "number" | "outcome" | "kind"> {
  readonly outcomes: readonly OutcomeView[];
  /** Which outcomes they are, where there is more than one table of them. */
  readonly kind?: string;
}

export function OutcomeTable({ outcomes, kind = "", ...row }: TableProps) {
  const sorted = useMemo(() => mostLikelyFirst(outcomes), [outcomes]);
  const [isAll, setAll] = useState(false);
  const shown = useGrowing(isAll ? outcomes.length : Math.min(FIRST, outcomes.length));
  return (
    <>
      <table className={styles.outcomes}>
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col" className={styles.ways}>
              Interleavings
            </th>
            <th>
              <span className="visually-hidden">Play</span>
            </th>
          </tr>
        </thead>
        {Array.from({ length: Math.ceil(shown / GROUP) }, (_, group) => (
          <tbody key={group}>
            {sorted.slice(group * GROUP, Math.min(shown, (group + 1) * GROUP)).map((outcome, n) => (
              <Row key={n} number={group * GROUP + n + 1} outcome={outcome} kind={kind} {...row} />
            ))}
          </tbody>
        ))}
      </table>
      {outcomes.length > FIRST && !isAll && (
        <button type="button" onClick={() => setAll(true)}>
          Show all {grouped(outcomes.length)}
        </button>
      )}
    </>
  );
}

/** Comes to a number of rows a frame at a time, so that thousands of them never hold up the page. */
function useGrowing(target: number): number {
  const [shown, setShown] = useState(target);
  useEffect(() => {
    if (shown === target) return;
    const frame = requestAnimationFrame(() => setShown(Math.min(target, shown + MORE)));
    return () => cancelAnimationFrame(frame);
  }, [shown, target]);
  return shown;
}

interface RowProps {
  readonly number: number;
  readonly outcome: OutcomeView;
  readonly total: string | undefined;
  readonly differing: readonly number[];
  readonly words: Words;
  readonly nameOf: (actor: number) => string;
  readonly kind: string;
  /** The scenario with the kernel that ends so. */
  readonly document?: ScenarioDocument | undefined;
}

const Row = memo(function Row({ number, outcome, kind, total, differing, words, nameOf, document }: RowProps) {
  const { told, returns, interleavings, choices } = outcome;
  return (
    <tr>
      <td>
        <ul className={styles.lines}>
          {told.map((own, actor) =>
            own.length === 0 ? null : (
              <li key={actor}>
                <b>{nameOf(actor)}</b>{" "}
                {own.map((text, call) => (
                  <Told key={call} text={text} hex={returns[actor]?.[call] ?? ""} words={words} />
                ))}
              </li>
            ),
          )}
          {ranges(outcome, differing, words).map((range) => (
            <li key={range.from}>
              <span className={styles.entries}>{entriesText(range)}</span> <span data-tip={range.words.join("\n")}>{range.text}</span>
            </li>
          ))}
        </ul>
      </td>
      <td className={styles.ways}>
        {interleavings === undefined ? (
          "–"
        ) : (
          <>
            <data value={interleavings} data-tip={grouped(interleavings)}>
              {inShort(interleavings)}
            </data>
            <span className={styles.share}>{share(interleavings, total ?? interleavings)}</span>
          </>
        )}
      </td>
      <td>
        <PlayButton choices={choices} document={document} label={`Show outcome ${number}${kind && ` ${kind}`}`}>
          Show
        </PlayButton>
      </td>
    </tr>
  );
});

/** A pte as the page table tells it; anything else as it is. */
function Told({ text, hex, words }: { text: string; hex: string; words: Words }) {
  const word = text === hex ? words[hex] : undefined;
  return (
    <span className={styles.told} data-tip={hex}>
      {word ? shortWord(word) : text}
    </span>
  );
}

const entriesText = ({ from, to }: Range): string => (from === to ? `entry ${from}` : `entries ${from}–${to}`);
