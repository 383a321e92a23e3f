import { memo, useMemo } from "react";
import type { ActorView, Compared, SideName, VerdictReport } from "../../../engine/protocol.ts";
import { ExactNumber } from "../ExactNumber.tsx";
import { count, duration, grouped, listed } from "../format.ts";
import { OutcomesLegend, OutcomeTable } from "../Outcomes.tsx";
import { differingEntries } from "../outcomes.ts";
import { PlayButton } from "../PlayButton.tsx";
import result from "../ResultView.module.css";
import { VerdictMark } from "../VerdictMark.tsx";
import styles from "./Compare.module.css";
import type { CompareWish } from "./comparer.ts";
import { compareText, nameOf, SIDE_WORDS, worseFirst } from "./compareText.ts";
import { PartingView } from "./PartingView.tsx";

interface Props {
  readonly compared: Compared;
  readonly wish: CompareWish;
  readonly actors: readonly ActorView[];
}

/** Actors move; their names, which are all that is used of them, belong to the scenario. */
const isSame = (before: Props, after: Props): boolean => before.compared === after.compared;

/** What changed, most important first. */
export const CompareView = memo(function CompareView({ compared, wish, actors }: Props) {
  const { look, mark, headline, beside } = compareText(compared);
  return (
    <>
      <section className={`${result.verdict} ${result[look]}`} aria-label="What changed">
        <p className={result.headline}>
          <VerdictMark verdict={look} name={mark} />
          {headline}
        </p>
        {beside && <p>{beside}</p>}
        <p className={result.limits}>Before: {compared.before.limits}</p>
        <p className={result.limits}>After: {compared.after.limits}</p>
      </section>
      <SideFigures compared={compared} />
      <Verdicts compared={compared} wish={wish} />
      <PartingView compared={compared} wish={wish} />
      <ChangedOutcomes compared={compared} wish={wish} actors={actors} />
    </>
  );
}, isSame);

const SIDES: readonly SideName[] = ["before", "after"];

function SideFigures({ compared }: { compared: Compared }) {
  const row = (name: string, cell: (side: SideName) => React.ReactNode) => (
    <tr>
      <th scope="row">{name}</th>
      {SIDES.map((side) => (
        <td key={side}>{cell(side)}</td>
      ))}
    </tr>
  );
  return (
    <div className={styles.figures}>
      <table aria-label="Both kernels">
        <thead>
          <tr>
            <td />
            {SIDES.map((side) => (
              <th key={side} scope="col">
                {SIDE_WORDS[side]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {row("kernel", (side) => (
            <code>{compared[side].kernel.replaceAll("+", " + ")}</code>
          ))}
          {row("verdict", (side) => (
            <Verdict of={compared[side].verdict} />
          ))}
          {row("interleavings", (side) => {
            const { interleavings } = compared[side];
            return interleavings === undefined ? "not counted" : <ExactNumber decimal={interleavings} name={`interleavings ${side}`} />;
          })}
          {row("states", (side) => grouped(compared[side].states))}
          {row("outcomes", (side) => `${grouped(compared[side].outcomes)}${compared[side].stopped ? " so far" : ""}`)}
        </tbody>
      </table>
      <p className={result.limits}>Took {duration(compared.seconds)}.</p>
    </div>
  );
}

const VERDICT_WORDS = { holds: "holds", violated: "violated", stopped: "not decided" } as const;

const Verdict = ({ of }: { of: VerdictReport["before"] }) => (
  <span className={styles.verdict}>
    <VerdictMark verdict={of} name="" />
    {VERDICT_WORDS[of]}
  </span>
);

const CHANGE_WORDS = { worse: "worse", better: "better", unknown: "not decided on one side" } as const;

function Verdicts({ compared: { verdicts }, wish }: { compared: Compared; wish: CompareWish }) {
  const shown = worseFirst(verdicts).filter(({ change, choices }) => change !== "unknown" || choices !== undefined);
  const rest = verdicts.filter((verdict) => !shown.includes(verdict));
  return (
    <section className={result.part} aria-labelledby="compare-verdicts">
      <h3 id="compare-verdicts">Verdicts that changed</h3>
      {verdicts.length === 0 && <p className={result.about}>None.</p>}
      <ul className={result.findings}>
        {shown.map((verdict) => (
          <li key={nameOf(verdict)} className={result.finding} aria-label={nameOf(verdict)}>
            <div className={result.what}>
              <code>{nameOf(verdict)}</code>
              <p className={styles.change}>
                <b className={styles[verdict.change]}>{CHANGE_WORDS[verdict.change]}:</b>
                <Verdict of={verdict.before} /> before, <Verdict of={verdict.after} /> after
              </p>
              {verdict.sentence && <p className={result.sentence}>{verdict.sentence}</p>}
              {verdict.choices && verdict.side && (
                <p className={result.plays}>
                  <PlayButton choices={verdict.choices} document={wish[verdict.side]}>
                    <span aria-hidden="true">▶ </span>Play it {verdict.side} ({count(verdict.choices.length, "step")})
                  </PlayButton>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {rest.length > 0 && <p className={result.about}>Not decided on one side: {listed(rest.map(nameOf))}.</p>}
    </section>
  );
}

function ChangedOutcomes({ compared, wish, actors }: Props) {
  const { outcomes, words } = compared;
  const differing = useMemo(() => differingEntries([...outcomes.before, ...outcomes.after]), [outcomes]);
  const actorName = (actor: number): string => actors[actor]?.name ?? `actor ${actor}`;
  if (outcomes.before.length + outcomes.after.length === 0) return null;
  return (
    <section className={result.part} aria-labelledby="compare-outcomes">
      <h3 id="compare-outcomes">Outcomes only in one</h3>
      <OutcomesLegend differing={differing} />
      {SIDES.map((side) => (
        <section key={side} className={result.part} aria-label={`Only ${side}`}>
          <h4 className={styles.only}>
            Only {side}: {grouped(outcomes[side].length)}
            {compared[side === "before" ? "after" : "before"].stopped && ", as far as was explored"}
          </h4>
          {outcomes[side].length > 0 && (
            <OutcomeTable
              outcomes={outcomes[side]}
              total={compared[side].interleavings}
              differing={differing}
              words={words}
              nameOf={actorName}
              kind={`only ${side}`}
              document={wish[side]}
            />
          )}
        </section>
      ))}
    </section>
  );
}
