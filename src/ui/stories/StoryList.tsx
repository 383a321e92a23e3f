import { useState } from "react";
import { useStore } from "zustand";
import type { Story } from "../../engine/protocol.ts";
import { SHELVES } from "../../stories/stories/index.ts";
import { useOverlay, usePage } from "../app/page.ts";
import dialog from "../shared/dialog.module.css";
import { CloseButton, Sheet } from "../shared/Sheet.tsx";
import { useSettled } from "../shared/useSettled.ts";
import { beatsOf } from "./beats.ts";
import { Prose } from "./Prose.tsx";
import type { Player } from "./player.ts";
import type { Progress } from "./progress.ts";
import styles from "./StoryList.module.css";
import { useStories } from "./stories.ts";

/** All stories by shelf, and how far each has been read. */
export function StoryList() {
  const page = usePage();
  const [, setOpen] = useOverlay("stories");
  return (
    <Sheet title="Stories" className={styles.dialog} onClose={() => setOpen(false)}>
      <Shelves onTold={() => setOpen(false)} />
      <div className={dialog.buttons}>
        <button type="button" onClick={() => page.setState({ overlay: "challenges" })}>
          Challenges
        </button>
        <button type="button" onClick={() => page.setState({ overlay: "glossary" })}>
          Glossary
        </button>
        <CloseButton />
      </div>
    </Sheet>
  );
}

function Shelves({ onTold }: { readonly onTold: () => void }) {
  const player = useSettled(useStories().player());
  const progress = useStore(player.store, (state) => state.progress);
  const [problem, setProblem] = useState<string>();
  return (
    <>
      <p className={styles.about}>
        Short tales of contpte, each played on the machine: the first shelf explains it from the beginning, in order. How far you read is
        kept in this browser.
      </p>
      {problem !== undefined && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {SHELVES.map(({ id, title, stories }) => (
        <section key={id} aria-labelledby={`shelf-${id}`} className={styles.shelf}>
          <h3 id={`shelf-${id}`} className={styles.shelfTitle}>
            {title} <span className={styles.count}>{readOf(stories, progress)}</span>
          </h3>
          <ol className={styles.stories}>
            {stories.map((story) => (
              <li key={story.id}>
                <button type="button" className={styles.story} onClick={() => void tell(player, story)}>
                  <b className={styles.title}>{story.title}</b> <Mark story={story} furthest={progress[story.id]} />{" "}
                  <span className={styles.teaches}>
                    <Prose text={story.teaches} />
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );

  /** One that was left in the middle goes on there; one that was read begins again. */
  async function tell({ store, tell: tellStory }: Player, story: Story): Promise<void> {
    const furthest = store.getState().progress[story.id] ?? 0;
    const why = await tellStory({ story: story.id, beat: isRead(story, furthest) ? 0 : furthest });
    if (why === undefined) onTold();
    else setProblem(`This story cannot be told: ${why}.`);
  }
}

const lastBeat = (story: Story): number => beatsOf(story).length - 1;

const isRead = (story: Story, furthest: number | undefined): boolean => furthest !== undefined && furthest >= lastBeat(story);

const readOf = (stories: readonly Story[], progress: Progress): string =>
  `${stories.filter((story) => isRead(story, progress[story.id])).length} of ${stories.length} read`;

function Mark({ story, furthest }: { readonly story: Story; readonly furthest: number | undefined }) {
  if (isRead(story, furthest)) return <span className={styles.read}>✓ read</span>;
  if (furthest === undefined || furthest === 0) return <span className={styles.mark}>{lastBeat(story) + 1} beats</span>;
  return (
    <span className={styles.mark}>
      beat {furthest + 1} of {lastBeat(story) + 1}
    </span>
  );
}
