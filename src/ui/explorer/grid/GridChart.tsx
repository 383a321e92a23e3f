import { type KeyboardEvent, memo, type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import type { Cell, GridView, PlaceView } from "../../../engine/protocol.ts";
import future from "../../shared/future.module.css";
import { selectAt, useLab, useLabState, useListings } from "../../store/LabContext.tsx";
import { FUTURE, FUTURE_NAMES } from "../../timeline/futures.ts";
import part from "../ResultView.module.css";
import styles from "./Grid.module.css";
import {
  beginsCall,
  CELL,
  cellBeside,
  cellSentence,
  cellsAlong,
  FAILING_SIGN,
  type GridGeometry,
  gridGeometry,
  gridSentence,
  isSameCell,
  LABELS,
  lookOf,
  MOST_LETTERS,
  nextVisit,
  placeLabel,
  scrolledTo,
  shortened,
  signOf,
} from "./grid.ts";

interface Props {
  readonly grid: GridView;
  /** Of the actor that goes down, and of the one to the right. */
  readonly names: readonly [string, string];
  /** Puts a run on the page that comes to a cell. */
  onPlay(at: Cell["at"]): void;
}

type At = Cell["at"];

/** One tab stop: arrow keys go from cell to cell, Enter to where the run is in this one, or to another run that comes there. */
export function GridChart({ grid, names, onPlay }: Props) {
  const lab = useLab();
  const position = useLabState(selectAt);
  const listings = useListings();
  const about = useId();
  const svg = useRef<SVGSVGElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const { axes, cells, path } = grid;
  const geometry = useMemo(() => gridGeometry(axes), [axes]);
  const sentences = useMemo(() => cells.map((cell) => cellSentence(cell, axes, names, listings)), [cells, axes, names, listings]);
  const here = path[position];
  const hasFailed = grid.failedAt !== undefined && position >= grid.failedAt;
  const [focused, setFocused] = useState<At | undefined>();
  const [hovered, setHovered] = useState<At | undefined>();
  const stop = cells.find(({ at }) => isSameCell(at, focused ?? here)) ?? cells[0];
  const told = hovered ?? stop?.at;
  const toldCell = cells.findIndex(({ at }) => isSameCell(at, told));

  const [x, y] = here === undefined ? [] : geometry.corner(here);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const own = scroll.current;
      if (own === null || x === undefined || y === undefined) return;
      own.scrollLeft = scrolledTo(own.scrollLeft, x, own.clientWidth - LABELS.left);
      own.scrollTop = scrolledTo(own.scrollTop, y, own.clientHeight - LABELS.top);
    });
    return () => cancelAnimationFrame(frame);
  }, [x, y]);

  function go({ at }: Cell): void {
    const visit = nextVisit(path, at, position);
    if (visit === undefined) onPlay(at);
    else lab.seek(visit);
  }

  function onKey(event: KeyboardEvent, cell: Cell): void {
    if (event.key === "Enter" || event.key === " ") go(cell);
    else if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
    const next = cellBeside(cells, cell.at, event.key);
    if (next !== undefined) svg.current?.querySelector<SVGElement>(`[data-cell="${next.at}"]`)?.focus();
  }

  // What cells are given stays the same while the focus goes about: of a thousand only two are drawn again.
  const act = useRef({ go, onKey });
  act.current = { go, onKey };
  const [acts] = useState<CellActs>(() => ({
    onClick: (cell) => act.current.go(cell),
    onKeyDown: (event, cell) => act.current.onKey(event, cell),
    onFocus: ({ at }) => setFocused(at),
    onHover: (cell) => setHovered(cell?.at),
  }));

  return (
    <div className={styles.chart}>
      <p id={about}>{gridSentence(grid)}</p>
      <p className={styles.told}>
        {sentences[toldCell]}
        {isSameCell(told, here) && ` The run is here${hasFailed ? ", and something has failed on it" : ""}.`}
      </p>
      <div className={styles.scroll} ref={scroll}>
        <svg className={styles.corner} width={LABELS.left} height={LABELS.top} aria-hidden="true">
          <text x={4} y={LABELS.top - 6}>
            ↓ {shortened(names[0], MOST_LETTERS.left - 4)}
          </text>
          <text x={LABELS.left - 6} y={14} textAnchor="end">
            {shortened(names[1], MOST_LETTERS.left - 4)} →
          </text>
        </svg>
        <RightAxis axis={axes[1]} geometry={geometry} />
        <DownAxis axis={axes[0]} geometry={geometry} />
        {/* biome-ignore lint/a11y/useSemanticElements: no drawing is a fieldset */}
        <svg
          ref={svg}
          className={styles.cells}
          width={geometry.width}
          height={geometry.height}
          role="group"
          aria-label={`${names[0]} down, ${names[1]} to the right`}
          aria-describedby={about}
        >
          <Rules axes={axes} geometry={geometry} />
          {cells.map((cell, n) => (
            <GridCell
              key={`${cell.at}`}
              cell={cell}
              geometry={geometry}
              sentence={sentences[n] ?? ""}
              isStop={cell === stop}
              isHere={isSameCell(cell.at, here)}
              {...acts}
            />
          ))}
          <Path grid={grid} geometry={geometry} here={here} hasFailed={hasFailed} />
        </svg>
      </div>
      <Legend />
    </div>
  );
}

interface CellActs {
  onClick(cell: Cell): void;
  onKeyDown(event: KeyboardEvent, cell: Cell): void;
  onFocus(cell: Cell): void;
  onHover(cell: Cell | undefined): void;
}

interface CellProps extends CellActs {
  readonly cell: Cell;
  readonly geometry: GridGeometry;
  readonly sentence: string;
  /** Tab comes to this one. */
  readonly isStop: boolean;
  readonly isHere: boolean;
}

const GridCell = memo(function GridCell({ cell, geometry, sentence, isStop, isHere, ...acts }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: no button can stand inside a drawing
    <g
      role="button"
      data-cell={`${cell.at}`}
      className={`${styles.cell} ${future[lookOf(cell)]}`}
      transform={`translate(${geometry.corner(cell.at)})`}
      {...tabStop(isStop)}
      aria-label={sentence}
      aria-current={isHere ? "step" : undefined}
      onFocus={() => acts.onFocus(cell)}
      onPointerEnter={() => acts.onHover(cell)}
      onPointerLeave={() => acts.onHover(undefined)}
      onClick={() => acts.onClick(cell)}
      onKeyDown={(event) => acts.onKeyDown(event, cell)}
    >
      <Look look={lookOf(cell)} />
      <text x={CELL / 2} y={CELL - 6}>
        {signOf(cell)}
      </text>
    </g>
  );
});

/** In the spelling of SVG: there no other is understood, and Preact leaves it as it is. */
const tabStop = (isStop: boolean): object => ({ tabindex: isStop ? 0 : -1 });

/** A square that is full is doomed; a round one is safe. */
const Look = ({ look }: { look: (typeof FUTURE_NAMES)[number] }) => (
  <rect x={1.5} y={1.5} width={CELL - 3} height={CELL - 3} rx={look === "safe" ? 6 : look === "doomed" ? 0 : 3} />
);

interface AxisProps {
  readonly axis: readonly PlaceView[];
  readonly geometry: GridGeometry;
}

const DownAxis = ({ axis, geometry }: AxisProps) => (
  <svg className={`${styles.axis} ${styles.down}`} width={LABELS.left} height={geometry.height} aria-hidden="true">
    {axis.map((place, n) => (
      <Label
        key={n}
        place={place}
        most={MOST_LETTERS.left}
        transform={`translate(${LABELS.left - 6},${geometry.centre([n, 0])[1] + 4})`}
        anchor="end"
      />
    ))}
  </svg>
);

const RightAxis = ({ axis, geometry }: AxisProps) => (
  <svg className={`${styles.axis} ${styles.right}`} width={geometry.width} height={LABELS.top} aria-hidden="true">
    {axis.map((place, n) => (
      <Label
        key={n}
        place={place}
        most={MOST_LETTERS.top}
        transform={`translate(${geometry.centre([0, n])[0] + 4},${LABELS.top - 6}) rotate(-90)`}
        anchor="start"
      />
    ))}
  </svg>
);

interface LabelProps {
  readonly place: PlaceView;
  readonly most: number;
  readonly transform: string;
  readonly anchor: "start" | "end";
}

const Label = ({ place, most, transform, anchor }: LabelProps) => (
  <text transform={transform} textAnchor={anchor}>
    <title>{placeLabel(place)}</title>
    {shortened(placeLabel(place), most)}
  </text>
);

/** Between calls. */
function Rules({ axes: [down, right], geometry }: { axes: GridView["axes"]; geometry: GridGeometry }): ReactNode {
  const { width, height, corner } = geometry;
  return (
    <g className={styles.rules}>
      {down.map((_, n) => beginsCall(down, n) && <path key={n} d={`M0,${corner([n, 0])[1]}h${width}`} />)}
      {right.map((_, n) => beginsCall(right, n) && <path key={n} d={`M${corner([0, n])[0]},0v${height}`} />)}
    </g>
  );
}

interface PathProps {
  readonly grid: GridView;
  readonly geometry: GridGeometry;
  readonly here: At | undefined;
  readonly hasFailed: boolean;
}

function Path({ grid, geometry, here, hasFailed }: PathProps) {
  const points = useMemo(() => cellsAlong(grid.path).map((at) => geometry.crossing(at).join()), [grid, geometry]);
  const [x, y] = here === undefined ? [0, 0] : geometry.corner(here);
  return (
    <g className={styles.path}>
      <polyline className={styles.behind} points={points.join(" ")} />
      <polyline points={points.join(" ")} />
      {here && <rect className={hasFailed ? styles.failed : undefined} x={x} y={y} width={CELL} height={CELL} />}
    </g>
  );
}

const ABOUT = {
  safe: "nothing can fail any more",
  open: "something can fail",
  doomed: "every way on fails",
  unknown: "not known",
} as const;

const Legend = () => (
  <ul className={`${part.about} ${styles.legend}`} aria-label="How cells look">
    {FUTURE_NAMES.map((name) => (
      <li key={name}>
        <svg width={CELL} height={CELL} className={`${styles.cell} ${future[name]}`} aria-hidden="true">
          <Look look={name} />
          <text x={CELL / 2} y={CELL - 6}>
            {name === "safe" ? "" : FUTURE[name].sign}
          </text>
        </svg>{" "}
        {ABOUT[name]}
      </li>
    ))}
    <li>
      <b>{FAILING_SIGN}</b> a step from here fails
    </li>
    <li>line: the run, framed where it is now</li>
  </ul>
);
