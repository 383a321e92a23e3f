import { memo } from "react";
import type { FieldView, Inspection, LookupView, Snapshot } from "../../engine/protocol.ts";
import { usePage, usePageState } from "../app/page.ts";
import { describeEntry } from "../pageTable/texts.ts";
import { WRITER_SIGNS } from "../pageTable/writer.ts";
import { actorName } from "../shared/names.ts";
import { selectScenario, useLab, useLabState } from "../store/LabContext.tsx";
import type { OpenScenario } from "../store/lab.ts";
import styles from "./Inspector.module.css";
import { inspectedEntry } from "./inspected.ts";
import { useInspection } from "./useInspection.ts";

/** One entry looked at closely: its 64 bits before and after, who changed them, and what every TLB answers for its page. */
export function Inspector({ snapshot }: { snapshot: Snapshot }) {
  const page = usePage();
  const chosen = usePageState((state) => state.inspected);
  const index = inspectedEntry(chosen, snapshot.entries.length, snapshot);
  const entry = snapshot.entries[index];
  const about = entry && describeEntry(entry).replace(/^entry \d+: /, "");
  return (
    <section className={styles.panel} aria-labelledby="inspector-title">
      <div className={styles.head}>
        <h2 id="inspector-title">Entry {index}</h2>
        <p className={styles.about} data-tip={about}>
          {about}
        </p>
        {chosen === undefined ? (
          <span className={styles.follows}>follows the run</span>
        ) : (
          <button type="button" onClick={() => page.setState({ inspected: undefined })}>
            Follow the run <kbd>i</kbd>
          </button>
        )}
      </div>
      <Body chosen={chosen} />
    </section>
  );
}

const Body = memo(function Body({ chosen }: { chosen: number | undefined }) {
  const scenario = useLabState(selectScenario);
  const inspected = useInspection(chosen);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself, so keys must reach it
    <section className={styles.body} tabIndex={0} aria-label="Bits, changes and lookups">
      {/* What was asked of another scenario says nothing of this one. */}
      {inspected && inspected.handle === scenario?.handle && (
        <>
          <Words inspection={inspected.inspection} />
          <Lookups lookups={inspected.inspection.lookups} scenario={scenario} index={inspected.inspection.index} />
          <Changes inspection={inspected.inspection} at={inspected.at} />
        </>
      )}
    </section>
  );
});

const Words = memo(function Words({ inspection }: { inspection: Inspection }) {
  const { word, fields, before } = inspection;
  // The bits of an empty entry say nothing: told is what they said.
  const isGone = word === EMPTY && before !== undefined;
  return (
    <div>
      <p className={styles.word}>
        {before && before.word !== word && (
          <>
            <Old>{before.word}</Old>{" "}
          </>
        )}
        <b>{word}</b>
        {isGone && <span className={styles.held}> · it held:</span>}
      </p>
      <ol className={styles.fields} aria-label={`Fields${isGone ? " that it had" : ""}, from bit 63 down`}>
        {isGone
          ? before.fields.map((field) => <FieldItem key={field.low} field={field} before={undefined} />)
          : fields.map((field) => <FieldItem key={field.low} field={field} before={before?.fields.find(sameBits(field))} />)}
      </ol>
    </div>
  );
});

/** What it was before. */
function Old({ children }: { children: string }) {
  return (
    <>
      <s className={styles.old}>{children}</s>
      <span aria-hidden="true"> → </span>
      <span className="visually-hidden">became</span>
    </>
  );
}

const sameBits =
  ({ high, low, name }: FieldView) =>
  (other: FieldView): boolean =>
    other.high === high && other.low === low && other.name === name;

/** The word of an entry that is none. */
const EMPTY = "0x0";

interface FieldItemProps {
  readonly field: FieldView;
  readonly before: FieldView | undefined;
}

const FieldItem = memo(function FieldItem({ field, before }: FieldItemProps) {
  const { name, high, low, value, says } = field;
  const changed = before !== undefined && before.value !== value;
  const isOff = value === "0" || value === "0x0";
  const look = changed ? styles.changed : isOff ? styles.off : undefined;
  return (
    <li className={look} data-tip={`${name}: ${says}`}>
      <span className={styles.bits}>{high === low ? high : `${high}–${low}`}</span>
      <span className={styles.name}>{name}</span>
      <span className={styles.value}>
        {changed && <Old>{before.value}</Old>}
        {value}
      </span>
      <span className={styles.says}>
        {changed && <b aria-hidden="true">● </b>}
        {says}
      </span>
    </li>
  );
});

const ANSWER = {
  hit: { sign: "✓", words: "hit" },
  miss: { sign: "–", words: "miss" },
  conflict: { sign: "‼", words: "conflict" },
} as const;

interface LookupsProps {
  readonly lookups: readonly LookupView[];
  readonly scenario: OpenScenario;
  readonly index: number;
}

/** What a lookup of its page answers now, on each CPU that has a TLB. */
const Lookups = memo(function Lookups({ lookups, scenario, index }: LookupsProps) {
  const nameOf = (actor: number): string => actorName(scenario.document, actor);
  return (
    <div className={styles.part}>
      <h3>A lookup of page {index} now</h3>
      {lookups.length === 0 && <p className={styles.none}>no actor uses the MMU</p>}
      <ul className={styles.lookups}>
        {lookups.map(({ actor, answer, entries, pending, read, write }) => (
          <li key={actor}>
            <b>{nameOf(actor)}</b>{" "}
            <span className={styles[answer]}>
              <span aria-hidden="true">{ANSWER[answer].sign}</span> {ANSWER[answer].words}
            </span>
            {entries.length > 0 && `: ${entries.map(entryText).join("; ")}`}
            {pending.length > 0 && <span className={styles.pending}> · a flush by {pending.map(nameOf).join(", ")} is pending</span>}
            <br />
            <span className={styles.ways}>
              read: {read} · write: {write}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
});

const entryText = ({ start, count, pfn, writable }: LookupView["entries"][number]): string =>
  `${count > 1 ? `the block of ${start}–${start + count - 1}` : "its own page"}, frame ${pfn}, ${writable ? "writable" : "read-only"}`;

const Changes = memo(function Changes({ inspection, at }: { inspection: Inspection; at: number }) {
  const lab = useLab();
  const { changes, earlier } = inspection;
  return (
    <div className={styles.part}>
      <h3>Who changed it</h3>
      {changes.length === 0 && <p className={styles.none}>nobody yet</p>}
      <ol className={styles.changes} reversed>
        {changes.toReversed().map(({ step, by, text }) => (
          <li key={step}>
            <button type="button" onClick={() => lab.seek(step)} aria-current={step === at ? "step" : undefined}>
              step {step}
            </button>{" "}
            <span className={styles[by]}>
              {WRITER_SIGNS[by]} {by}
            </span>{" "}
            {text}
          </li>
        ))}
      </ol>
      {earlier > 0 && <p className={styles.none}>and {earlier} times before</p>}
    </div>
  );
});
