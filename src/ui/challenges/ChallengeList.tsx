import { useState } from "react";
import { useStore } from "zustand";
import type { Challenge, Level } from "../../engine/protocol.ts";
import { CHALLENGES } from "../../stories/challenges/index.ts";
import { useOverlay, usePage } from "../app/page.ts";
import dialog from "../shared/dialog.module.css";
import { CloseButton, Sheet } from "../shared/Sheet.tsx";
import { useSettled } from "../shared/useSettled.ts";
import { Prose } from "../stories/Prose.tsx";
import list from "../stories/StoryList.module.css";
import { useStories } from "../stories/stories.ts";
import { parText, switchesText } from "./verdict.ts";

const LEVELS: readonly (readonly [level: Level, title: string])[] = [
  ["easy", "Easy"],
  ["medium", "Medium"],
  ["hard", "Hard"],
];

/** All challenges by level, and how well each has been met. */
export function ChallengeList() {
  const page = usePage();
  const [, setOpen] = useOverlay("challenges");
  return (
    <Sheet title="Challenges" className={list.dialog} onClose={() => setOpen(false)}>
      <Levels onPosed={() => setOpen(false)} />
      <div className={dialog.buttons}>
        <button type="button" onClick={() => page.setState({ overlay: "stories" })}>
          Stories
        </button>
        <CloseButton />
      </div>
    </Sheet>
  );
}

function Levels({ onPosed }: { readonly onPosed: () => void }) {
  const referee = useSettled(useStories().referee());
  const best = useStore(referee.store, (state) => state.best);
  const [problem, setProblem] = useState<string>();
  return (
    <>
      <p className={list.about}>
        Be the scheduler: step the actors so that something comes about. Par is the fewest context switches with which that can be done; the
        engine has tried every interleaving. Your best is kept in this browser.
      </p>
      {problem !== undefined && (
        <p role="alert" className={list.problem}>
          {problem}
        </p>
      )}
      {LEVELS.map(([level, title]) => {
        const own = CHALLENGES.filter((challenge) => challenge.level === level);
        return (
          <section key={level} aria-labelledby={`level-${level}`} className={list.shelf}>
            <h3 id={`level-${level}`} className={list.shelfTitle}>
              {title}{" "}
              <span className={list.count}>
                {own.filter(({ id }) => best[id] !== undefined).length} of {own.length} solved
              </span>
            </h3>
            <ol className={list.stories}>
              {own.map((challenge) => (
                <li key={challenge.id}>
                  <button type="button" className={list.story} onClick={() => void pose(challenge)}>
                    <b className={list.title}>{challenge.title}</b> <Mark challenge={challenge} switches={best[challenge.id]} />{" "}
                    <span className={list.teaches}>
                      <Prose text={challenge.task} />
                    </span>
                  </button>
                </li>
              ))}
            </ol>
          </section>
        );
      })}
    </>
  );

  async function pose({ id }: Challenge): Promise<void> {
    const why = await referee.pose({ challenge: id, choices: [], at: 0 });
    if (why === undefined) onPosed();
    else setProblem(`This challenge cannot be opened: ${why}.`);
  }
}

function Mark({ challenge, switches }: { readonly challenge: Challenge; readonly switches: number | undefined }) {
  if (switches === undefined) return <span className={list.mark}>par {challenge.par}</span>;
  return (
    <span className={list.read}>
      ✓ {switchesText(switches)}, {parText(challenge, switches)}
    </span>
  );
}
