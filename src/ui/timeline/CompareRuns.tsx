import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type Choice, type EntryView, sharedChoices } from "../../engine/protocol.ts";
import { describeEntry } from "../pageTable/texts.ts";
import dialog from "../shared/dialog.module.css";
import { CloseButton, Sheet } from "../shared/Sheet.tsx";
import type { Fork } from "../store/forks.ts";
import { useLab } from "../store/LabContext.tsx";
import { endQuery, stepsQuery } from "../store/queries.ts";
import styles from "./CompareRuns.module.css";
import { type Apart, type Both, compareRuns } from "./compareRuns.ts";
import { sentences } from "./sentences.ts";

interface Props {
  readonly fork: Fork;
  readonly current: readonly Choice[];
  readonly handle: number;
  /** What has the focus again afterwards. */
  readonly opener: HTMLElement;
  readonly onClose: () => void;
}

/** The current run beside one that was kept: where they part, and what each comes to. */
export function CompareRuns({ fork, current, handle, opener, onClose }: Props) {
  const lab = useLab();
  const shared = sharedChoices(current, fork.choices);
  const apart = useApart(current, fork.choices, shared, handle);

  function giveBack(event: Event): void {
    event.preventDefault();
    opener.focus();
  }

  function go(action: () => void): void {
    action();
    onClose();
  }

  return (
    <Sheet title={`The current run and run ${fork.id}`} className={styles.content} onClose={onClose} onCloseAutoFocus={giveBack}>
      {apart === undefined ? <p role="status">Asking the engine…</p> : <Sides apart={apart} id={fork.id} />}
      <div className={dialog.buttons}>
        <button type="button" onClick={() => go(() => lab.seek(shared))}>
          Go to where they part
        </button>
        <button type="button" onClick={() => go(() => lab.takeFork(fork.id))}>
          Take up run {fork.id}
        </button>
        <CloseButton />
      </div>
    </Sheet>
  );
}

function useApart(current: readonly Choice[], kept: readonly Choice[], shared: number, handle: number): Apart | undefined {
  const { client } = useLab();
  const steps = [useQuery(stepsQuery(client, handle, current)).data, useQuery(stepsQuery(client, handle, kept)).data] as const;
  const ends = [useQuery(endQuery(client, handle, current)).data, useQuery(endQuery(client, handle, kept)).data] as const;
  if (!steps[0] || !steps[1] || !ends[0] || !ends[1]) return undefined;
  return compareRuns(shared, [
    { steps: steps[0], end: ends[0] },
    { steps: steps[1], end: ends[1] },
  ]);
}

function Sides({ apart, id }: { apart: Apart; id: number }) {
  const { shared, next, more, entries, results, alarms, standing } = apart;
  return (
    <table className={styles.sides}>
      <thead>
        <tr>
          <td />
          <th scope="col">current run</th>
          <th scope="col">run {id}</th>
        </tr>
      </thead>
      <tbody>
        <Row
          name={`Step ${shared + 1}`}
          both={mapBoth(next, (step) => (step === undefined ? "none: the run ends here" : `${sentences(step)}.`))}
        />
        <Row name="Steps from there" both={mapBoth(more, String)} />
        <Row name="At the end" both={mapBoth(standing, (text) => `${text}.`)} />
        <Row name="What went wrong" both={mapBoth(alarms, alarmsText)} />
      </tbody>
      <tbody>
        <Heading>Returned</Heading>
        {results.length === 0 && <Same>Whatever returned in both returned the same.</Same>}
        {results.map(({ actor, call, both }) => (
          <Row key={`${actor} ${call}`} name={`${actor}: ${call}`} both={mapBoth(both, (result) => result ?? "not returned")} />
        ))}
      </tbody>
      <tbody>
        <Heading>Page table</Heading>
        {entries.length === 0 && <Same>Every entry is the same.</Same>}
        {entries.map(({ index, both }) => (
          <Row key={index} name={`entry ${index}`} both={mapBoth(both, entryText)} />
        ))}
      </tbody>
    </table>
  );
}

const mapBoth = <T, U>([a, b]: Both<T>, to: (value: T) => U): Both<U> => [to(a), to(b)];

const alarmsText = (alarms: readonly string[]): string => (alarms.length === 0 ? "nothing" : alarms.map((text) => `${text}.`).join(" "));

const entryText = (entry: EntryView | undefined): ReactNode =>
  entry && (
    <>
      {describeEntry(entry).replace(/^entry \d+: /, "")} <code>{entry.word}</code>
    </>
  );

const Row = ({ name, both }: { name: string; both: Both<ReactNode> }) => (
  <tr>
    <th scope="row">{name}</th>
    <td>{both[0]}</td>
    <td>{both[1]}</td>
  </tr>
);

const Heading = ({ children }: { children: string }) => (
  <tr>
    <th colSpan={3} scope="rowgroup" className={styles.heading}>
      {children}
    </th>
  </tr>
);

const Same = ({ children }: { children: string }) => (
  <tr>
    <td colSpan={3}>{children}</td>
  </tr>
);
