import { memo, type RefObject, useEffect, useRef, useState } from "react";
import type { ActorView, FrameView, Listing } from "../../engine/protocol.ts";
import { useRunner, useRunnerState } from "../run/RunnerContext.tsx";
import { keepInSight } from "../shared/keepInSight.ts";
import { useShared } from "../shared/useShared.ts";
import { useCatalogue, useListings } from "../store/LabContext.tsx";
import styles from "./ActorPanel.module.css";
import { StepButton } from "./StepButton.tsx";

interface Props {
  readonly actor: ActorView;
  readonly holdsLock: boolean;
  readonly moved: boolean;
  /** A story points elsewhere. */
  readonly dimmed: boolean;
}

/** Drawn anew only when something of this actor changed. */
export const ActorPanel = memo(function ActorPanel({ actor, holdsLock, moved, dimmed }: Props) {
  const frame = actor.frames.at(-1);
  const kind = actor.kind === "mmu" ? "MMU" : "kernel";
  return (
    <article className={`${styles.panel} ${dimmed ? "dimmed" : ""}`} aria-label={`${actor.name}, ${kind}`}>
      <div className={styles.head}>
        <h3 className={`${styles.name} ${moved ? styles.moved : ""}`} data-tip={actor.name}>
          {actor.name}
        </h3>
        <span className={styles.kind}>{kind}</span>
        {holdsLock && <span className={styles.lock}>holds PTL</span>}
        <StepButton actor={actor} />
      </div>
      <Program program={actor.program} kind={actor.kind} />
      {frame && <Code frame={frame} stack={actor.frames} />}
      {actor.why !== undefined && actor.status === "waiting" && <p className={styles.why}>{actor.why}.</p>}
    </article>
  );
});

/** A longer program is shown around its current line: as much before it, and as much after. */
const BEFORE = 3;
const AFTER = 6;

const Program = memo(function Program({ program, kind }: Pick<ActorView, "program" | "kind">) {
  const lines = program.map((line, number) => ({ ...line, number }));
  const now = lines.findIndex(({ state }) => state !== "done");
  const first = Math.max(0, Math.min(now < 0 ? lines.length : now, lines.length - AFTER) - BEFORE);
  const shown = lines.slice(first, first + BEFORE + AFTER);
  const after = lines.length - first - shown.length;
  return (
    <ol className={styles.program} aria-label={kind === "mmu" ? "Accesses" : "Calls"}>
      {first > 0 && <li className={styles.done}>… {first} before</li>}
      {shown.map(({ number, text, state, result }) => (
        <li key={number} className={styles[state]} aria-current={state === "now" ? "step" : undefined}>
          <span aria-hidden="true" className={styles.tick}>
            {state === "done" ? "✓" : state === "now" ? "▸" : "·"}
          </span>
          {text}
          {result !== undefined && <span className={styles.result}> → {result}</span>}
        </li>
      ))}
      {after > 0 && <li className={styles.later}>… {after} after</li>}
    </ol>
  );
});

/** The code where the actor stands, or that of a caller whom the person chose; the next step leads back. */
function Code({ frame, stack }: { frame: FrameView; stack: readonly FrameView[] }) {
  const callers = useShared(stack.slice(0, -1));
  const [chosen, choose] = useState<{ readonly caller: FrameView; readonly at: FrameView }>();
  const caller = chosen?.at === frame && callers.includes(chosen.caller) ? chosen.caller : undefined;
  return (
    <CodeLines
      frame={caller ?? frame}
      callers={callers}
      inner={caller && frame}
      onChoose={(other) => choose(other === frame ? undefined : { caller: other, at: frame })}
    />
  );
}

interface CodeLinesProps {
  readonly frame: FrameView;
  readonly callers: readonly FrameView[];
  /** Where the actor stands, if that is not shown. */
  readonly inner: FrameView | undefined;
  readonly onChoose: (frame: FrameView) => void;
}

function CodeLines({ frame, callers, inner, onChoose }: CodeLinesProps) {
  const tag = useCatalogue()?.kernelTag ?? "";
  const listing = useListings().find(({ fn }) => fn === frame.fn);
  const here = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the line is where it is drawn, so a change of it moves `here`
  useEffect(() => {
    const panel = here.current?.closest("article");
    return here.current && panel ? keepInSight(here.current, panel) : undefined;
  }, [frame.line, listing]);
  if (listing === undefined) return null;
  return (
    <>
      <div className={styles.origin}>
        {callers.length > 0 && <Stack callers={callers} inner={inner} shown={frame} onChoose={onChoose} />}
        <KernelLink listing={listing} line={frame.line} tag={tag} />
      </div>
      <ol className={`${styles.code} ${inner ? styles.outer : ""}`} aria-label={`Code of ${frame.fn}`}>
        {listing.lines.map((_, n) => (
          <CodeLine key={n} here={n === frame.line ? here : null} number={n + 1} listing={listing} tag={tag} />
        ))}
      </ol>
      <Locals frame={frame} />
    </>
  );
}

interface CodeLineProps {
  /** Set if the actor stands here. */
  readonly here: RefObject<HTMLLIElement | null> | null;
  /** From 1. */
  readonly number: number;
  readonly listing: Listing;
  readonly tag: string;
}

const CodeLine = memo(function CodeLine({ here, number, listing, tag }: CodeLineProps) {
  const line = listing.lines[number - 1];
  if (line === undefined) return null;
  return (
    <li ref={here} className={here ? styles.here : ""} aria-current={here ? "location" : undefined}>
      {line.place !== undefined && <LineTools line={line} number={number} listing={listing} tag={tag} />}
      {line.text}
    </li>
  );
});

interface LineToolsProps extends Omit<CodeLineProps, "here"> {
  readonly line: Listing["lines"][number];
}

/** For a line where somebody can stand: stop there, and the line of Linux it stands for. By mouse; there are commands for the current line. */
function LineTools({ line, number, listing, tag }: LineToolsProps) {
  const { fn } = listing;
  const runner = useRunner();
  const label = `${fn}.${line.place}`;
  const isStop = useRunnerState(({ stops }) => stops.some(({ stop, on }) => on && stop.on === "line" && stop.label === label));
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        className={styles.stop}
        aria-pressed={isStop}
        aria-label={`Stop at line ${number} of ${fn}`}
        data-tip={isStop ? "The run stops here: press to let it pass" : "Stop the run here"}
        onClick={() => runner.toggleLine(label)}
      />
      {line.kernelLine !== undefined && (
        // biome-ignore lint/a11y/useAnchorContent: aria-label names it, and the style sheet draws its arrow
        <a
          className={styles.kernelLine}
          tabIndex={-1}
          href={kernelAddress(listing, line.kernelLine, tag)}
          target="_blank"
          rel="noreferrer"
          aria-label={`${listing.file}, line ${line.kernelLine}`}
          data-tip={`${listing.file}:${line.kernelLine}`}
        />
      )}
    </>
  );
}

interface StackProps {
  /** From the outermost on. */
  readonly callers: readonly FrameView[];
  readonly inner: FrameView | undefined;
  readonly shown: FrameView;
  readonly onChoose: (frame: FrameView) => void;
}

/** The calls that led here, with their variables when opened; pressed, one shows its code. */
function Stack({ callers, inner, shown, onChoose }: StackProps) {
  const path = `${callers.map(({ fn }) => fn).join(" › ")} ›`;
  return (
    <details className={styles.callers}>
      <summary data-tip={path}>{path}</summary>
      <ol aria-label="Calls">
        {(inner ? [...callers, inner] : callers).map((frame) => (
          <li key={frame.fn}>
            <button type="button" className={styles.frame} aria-pressed={frame === shown} onClick={() => onChoose(frame)}>
              {frame.fn}
            </button>{" "}
            <Locals frame={frame} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Locals({ frame }: { frame: FrameView }) {
  return (
    <p className={styles.locals}>
      {frame.locals.map(({ name, value, changed }) => (
        <span key={name} className={changed ? styles.changed : undefined}>
          {changed && <span aria-hidden="true">● </span>}
          {name} = <b>{value}</b>
          {changed && <span className="visually-hidden"> (changed)</span>}
        </span>
      ))}
    </p>
  );
}

const kernelAddress = ({ file }: Listing, line: number, tag: string): string =>
  `https://elixir.bootlin.com/linux/${tag}/source/${file}#L${line}`;

/** The line of Linux that the current line of the listing stands for. */
function KernelLink({ listing, line, tag }: { listing: Listing; line: number; tag: string }) {
  const kernelLine = listing.lines[line]?.kernelLine;
  if (kernelLine === undefined) return null;
  return (
    <a className={styles.link} href={kernelAddress(listing, kernelLine, tag)} target="_blank" rel="noreferrer">
      {listing.file.split("/").at(-1)}:{kernelLine}
    </a>
  );
}
