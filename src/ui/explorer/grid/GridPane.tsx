import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ActorView, Cell } from "../../../engine/protocol.ts";
import { selectChoices, useLab, useLabState } from "../../store/LabContext.tsx";
import { selectShown, useExplorer, useExplorerState } from "../ExplorerContext.tsx";
import { type ExploredFrom, gridKey, gridQuery, type Pair } from "../queries.ts";
import part from "../ResultView.module.css";
import styles from "./Grid.module.css";
import { GridChart } from "./GridChart.tsx";

type Names = readonly Pick<ActorView, "actor" | "name">[];

/** Where two of the actors stand by each other, drawn when it is asked for. */
export function GridPane({ actors }: { actors: Names }) {
  const explorer = useExplorer();
  const { open, pair } = useExplorerState((state) => state.grid);
  if (actors.length < 2) return null;
  /** The two change places where one is taken for the other. */
  const choose = (axis: 0 | 1, actor: number): void => {
    const other = pair[1 - axis] === actor ? pair[axis] : (pair[1 - axis] as number);
    explorer.setGrid({ pair: axis === 0 ? [actor, other] : [other, actor] });
  };
  return (
    <details className={styles.pane} open={open} onToggle={(event) => explorer.setGrid({ open: event.currentTarget.open })}>
      <summary>Interleaving grid</summary>
      <p className={part.about}>
        Where one actor stands in its program, by where the other does.
        <span className={styles.pair}>
          <ActorField label="down" actors={actors} value={pair[0]} onChange={(actor) => choose(0, actor)} />
          <ActorField label="to the right" actors={actors} value={pair[1]} onChange={(actor) => choose(1, actor)} />
        </span>
      </p>
      {open && <AskedGrid actors={actors} pair={pair} />}
    </details>
  );
}

interface FieldProps {
  readonly label: string;
  readonly actors: Names;
  readonly value: number;
  readonly onChange: (actor: number) => void;
}

const ActorField = ({ label, actors, value, onChange }: FieldProps) => (
  <label>
    {label}{" "}
    <select value={value} onChange={(event) => onChange(Number(event.target.value))}>
      {actors.map(({ actor, name }) => (
        <option key={actor} value={actor}>
          {name}
        </option>
      ))}
    </select>
  </label>
);

const NONE: ExploredFrom = { handle: 0, choices: [] };

function AskedGrid({ actors, pair }: { actors: Names; pair: Pair }) {
  const lab = useLab();
  const explorer = useExplorer();
  const shown = useExplorerState(selectShown);
  const choices = useLabState(selectChoices);
  const from = shown ?? NONE;
  const { data, error } = useQuery({
    ...gridQuery(lab.client, from, pair, choices),
    enabled: shown !== undefined,
    // What was drawn stays until the answer comes, but not under the names of others.
    placeholderData: (before, query) => (gridKey(from, pair).every((part, n) => part === query?.queryKey[n]) ? before : undefined),
  });
  const names = useMemo(() => pair.map((actor) => actors[actor]?.name ?? `actor ${actor}`) as [string, string], [actors, pair]);
  if (error !== null) return <p role="alert">The grid cannot be drawn, which is a bug of this page: {error.message}</p>;
  if (data === undefined) return <p className={part.about}>Drawing…</p>;
  if (!data.explored) return <p className={part.about}>This exploration is kept no longer: explore it again.</p>;

  async function play(cell: Cell["at"]): Promise<void> {
    const way = await lab.client.call("gridWay", { handle: from.handle, from: from.choices, actors: pair, cell });
    if (way.explored && way.choices !== undefined) explorer.play(way.choices, way.choices.length);
    else lab.say({ tone: "problem", text: "This exploration is kept no longer: explore it again." });
  }
  return <GridChart key={`${pair}`} grid={data.grid} names={names} onPlay={(cell) => void play(cell)} />;
}
