import type { ActorView } from "../../engine/protocol.ts";
import { useRunner } from "../run/RunnerContext.tsx";
import { MenuButton } from "../shared/MenuButton.tsx";
import { useLab, useLabState } from "../store/LabContext.tsx";
import styles from "./StepButton.module.css";

/** Steps an actor. Where it has several moves, opens the list of them, by mouse or by its digit. */
export function StepButton({ actor }: { actor: ActorView }) {
  const lab = useLab();
  const runner = useRunner();
  const open = useLabState((state) => state.movesOf === actor.actor);
  const digit = actor.actor < 9 ? `${actor.actor + 1}` : undefined;
  const face = <>Step{digit !== undefined && <kbd>{digit}</kbd>}</>;
  if (actor.moves.length < 2) {
    return (
      <button
        type="button"
        className={styles.step}
        aria-disabled={actor.moves.length === 0}
        data-tip={actor.why ?? actor.moves[0]?.text}
        aria-label={`Step ${actor.name}`}
        onClick={() => runner.stepActor(actor.actor)}
      >
        {actor.status === "finished" ? "finished" : actor.status === "waiting" ? "waits" : face}
      </button>
    );
  }
  return (
    <MenuButton
      open={open}
      onOpenChange={(wanted) => (wanted ? runner.stepActor(actor.actor) : lab.closeMoves())}
      label={`Moves of ${actor.name}`}
      align="end"
      button={{ className: styles.step, "aria-label": `Step ${actor.name}: ${actor.moves.length} moves`, children: <>{face} ▾</> }}
      useItems={() => actor.moves.map(({ choice, text }) => ({ key: text, text, run: () => lab.choose(choice) }))}
    />
  );
}
