import { memo, useEffect, useRef } from "react";
import type { ActorView, FrameView, Listing } from "../../engine/protocol.ts";
import { keepInSight } from "../shared/keepInSight.ts";
import { useCatalogue, useListings } from "../store/LabContext.tsx";
import styles from "./ActorPanel.module.css";
import { StepButton } from "./StepButton.tsx";

/** Drawn anew only when something of this actor changed. */
export const ActorPanel = memo(function ActorPanel({ actor, holdsLock, moved }: { actor: ActorView; holdsLock: boolean; moved: boolean }) {
  const frame = actor.frames.at(-1);
  const kind = actor.kind === "mmu" ? "MMU" : "kernel";
  return (
    <article className={styles.panel} aria-label={`${actor.name}, ${kind}`}>
      <div className={styles.head}>
        <h3 className={`${styles.name} ${moved ? styles.moved : ""}`} title={actor.name}>
          {actor.name}
        </h3>
        <span className={styles.kind}>{kind}</span>
        {holdsLock && <span className={styles.lock}>holds PTL</span>}
        <StepButton actor={actor} />
      </div>
      <ol className={styles.program} aria-label={actor.kind === "mmu" ? "Accesses" : "Calls"}>
        {actor.program.map(({ text, state, result }, n) => (
          <li key={n} className={styles[state]} aria-current={state === "now" ? "step" : undefined}>
            <span aria-hidden="true" className={styles.tick}>
              {state === "done" ? "✓" : state === "now" ? "▸" : "·"}
            </span>
            {text}
            {result !== undefined && <span className={styles.result}> → {result}</span>}
          </li>
        ))}
      </ol>
      {frame && <Code frame={frame} stack={actor.frames} />}
      {actor.why !== undefined && actor.status === "waiting" && <p className={styles.why}>{actor.why}.</p>}
    </article>
  );
});

function Code({ frame, stack }: { frame: FrameView; stack: readonly FrameView[] }) {
  const catalogue = useCatalogue();
  const listing = useListings().find(({ fn }) => fn === frame.fn);
  if (listing === undefined) return null;
  return <CodeLines frame={frame} listing={listing} callers={stack.slice(0, -1)} tag={catalogue?.kernelTag ?? ""} />;
}

function CodeLines({ frame, listing, callers, tag }: { frame: FrameView; listing: Listing; callers: readonly FrameView[]; tag: string }) {
  const here = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the line is where it is drawn, so a change of it moves `here`
  useEffect(() => {
    const panel = here.current?.closest("article");
    return here.current && panel ? keepInSight(here.current, panel) : undefined;
  }, [frame.line, listing]);
  return (
    <>
      <div className={styles.origin}>
        {callers.length > 0 && <Callers frames={callers} />}
        <KernelLink listing={listing} line={frame.line} tag={tag} />
      </div>
      <ol className={styles.code} aria-label={`Code of ${frame.fn}`}>
        {listing.lines.map(({ text }, n) => (
          <li
            key={n}
            ref={n === frame.line ? here : null}
            className={n === frame.line ? styles.here : ""}
            aria-current={n === frame.line ? "location" : undefined}
          >
            {text}
          </li>
        ))}
      </ol>
      <Locals frame={frame} />
    </>
  );
}

/** The call stack below the current function, with its variables when opened. */
function Callers({ frames }: { frames: readonly FrameView[] }) {
  return (
    <details className={styles.callers}>
      <summary>{frames.map(({ fn }) => fn).join(" › ")} ›</summary>
      <ol>
        {frames.map((frame) => (
          <li key={frame.fn}>
            {frame.fn} <Locals frame={frame} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Locals({ frame }: { frame: FrameView }) {
  return (
    <p className={styles.locals}>
      {frame.locals.map(({ name, value }) => (
        <span key={name}>
          {name} = <b>{value}</b>
        </span>
      ))}
    </p>
  );
}

/** The line of Linux that the current line of the listing stands for. */
function KernelLink({ listing, line, tag }: { listing: Listing; line: number; tag: string }) {
  const kernelLine = listing.lines[line]?.kernelLine;
  if (kernelLine === undefined) return null;
  return (
    <a
      className={styles.link}
      href={`https://elixir.bootlin.com/linux/${tag}/source/${listing.file}#L${kernelLine}`}
      target="_blank"
      rel="noreferrer"
    >
      {listing.file.split("/").at(-1)}:{kernelLine}
    </a>
  );
}
