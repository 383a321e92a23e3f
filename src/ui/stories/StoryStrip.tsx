import { useStore } from "zustand";
import type { Prediction, Story } from "../../engine/protocol.ts";
import { STORIES } from "../../stories/stories/index.ts";
import { usePage } from "../app/page.ts";
import { useSettled } from "../shared/useSettled.ts";
import { useLab, useLabState } from "../store/LabContext.tsx";
import { isTold, type StoryLesson, storyIn } from "../store/lesson.ts";
import { beatsOf, sceneOf, storyNamed } from "./beats.ts";
import { Checks } from "./Checks.tsx";
import { Prose } from "./Prose.tsx";
import { type Answer, answerKey, type Player } from "./player.ts";
import styles from "./StoryStrip.module.css";
import { useStories } from "./stories.ts";

/** What a story says of the picture above, and the way through it. */
export function StoryStrip() {
  const player = useSettled(useStories().player());
  const lesson = useLabState((state) => storyIn(state.lesson));
  const story = lesson && storyNamed(lesson.story);
  const isOwn = useLabState((state) => !isTold(state.lesson, state.choices));
  if (lesson === undefined || story === undefined) return null;
  return (
    <section className={styles.strip} aria-label="Story">
      <Title story={story} lesson={lesson} player={player} isOwn={isOwn} />
      {!isOwn && <Telling story={story} lesson={lesson} player={player} />}
    </section>
  );
}

interface Props {
  readonly story: Story;
  readonly lesson: StoryLesson;
  readonly player: Player;
}

function Title({ story, lesson, player, isOwn }: Props & { readonly isOwn: boolean }) {
  const page = usePage();
  const beats = beatsOf(story);
  const { act } = beats[lesson.beat] ?? { act: 0 };
  const title = story.acts[act]?.title;
  return (
    <div className={styles.title}>
      <h2 className={styles.name}>
        {story.title}
        {title !== undefined && <span className={styles.act}> · {title}</span>}
      </h2>
      {isOwn ? (
        <>
          <p role="status" className={styles.own}>
            This run is your own.
          </p>
          <button type="button" className={styles.primary} onClick={() => player.back()}>
            Back to the story
          </button>
        </>
      ) : (
        <Beats story={story} lesson={lesson} player={player} />
      )}
      <div className={styles.asides}>
        <button type="button" onClick={() => page.setState({ overlay: "glossary" })}>
          Glossary
        </button>
        <button type="button" onClick={() => player.leave()}>
          {isOwn ? "Leave the story" : "Play on your own"}
        </button>
      </div>
    </div>
  );
}

/** Where in the story one is, and a way to any place of it. */
function Beats({ story, lesson, player }: Props) {
  const beats = beatsOf(story);
  return (
    <nav aria-label="Beats" className={styles.beats}>
      {beats.map(({ act, inAct, beat }, number) => (
        <button
          type="button"
          key={`${act}.${inAct}`}
          className={`${styles.beat} ${number <= lesson.beat ? styles.told : ""} ${inAct === 0 && act > 0 ? styles.newAct : ""}`}
          aria-label={`Beat ${number + 1} of ${beats.length}${beat.predict ? ", after a question" : ""}`}
          aria-current={number === lesson.beat ? "step" : undefined}
          onClick={() => player.goTo(number)}
        >
          {beat.predict ? "?" : ""}
        </button>
      ))}
    </nav>
  );
}

function Telling({ story, lesson, player }: Props) {
  const going = useStore(player.store, (state) => state.going);
  const answers = useStore(player.store, (state) => state.answers);
  const beats = beatsOf(story);
  const here = beats[lesson.beat];
  const ahead = beats[lesson.beat + 1];
  const asked = lesson.asking && going === undefined ? ahead?.beat.predict : undefined;
  return (
    <div className={styles.telling}>
      <div className={styles.said} aria-live="polite" aria-atomic="true">
        {asked !== undefined ? (
          <Question
            predict={asked}
            answer={answers.get(answerKey(story.id, lesson.beat + 1))}
            onAnswer={(answer) => player.answer(answer)}
          />
        ) : (
          <p className={styles.caption} data-going={going !== undefined || undefined}>
            <Prose text={here?.beat.caption ?? ""} />
          </p>
        )}
      </div>
      {asked === undefined && <BeatChecks story={story} lesson={lesson} player={player} beat={going ?? lesson.beat} />}
      <Ways story={story} lesson={lesson} player={player} asked={asked} />
    </div>
  );
}

function BeatChecks({ story, player, beat }: Props & { readonly beat: number }) {
  const { act, inAct } = beatsOf(story)[beat] ?? { act: 0, inAct: 0 };
  const told = useStore(player.store, (state) => state.told.get(sceneOf(story, act).name));
  const going = useStore(player.store, (state) => state.going);
  return <Checks key={beat} checks={told?.beats[inAct]?.checks ?? []} arePending={going !== undefined} />;
}

interface QuestionProps {
  readonly predict: Prediction;
  readonly answer: Answer | undefined;
  readonly onAnswer: (answer: number) => void;
}

function Question({ predict: { ask, answers, right, because }, answer, onAnswer }: QuestionProps) {
  return (
    <>
      <p className={styles.caption}>
        <b className={styles.ask}>What do you expect?</b> <Prose text={ask} />
      </p>
      <ul className={styles.answers}>
        {answers.map((text, number) => (
          <li key={text}>
            <button
              type="button"
              className={`${styles.answer} ${answer !== undefined && number === right ? styles.right : ""} ${answer === number && number !== right ? styles.wrong : ""}`}
              aria-pressed={answer === number}
              aria-disabled={answer !== undefined}
              onClick={() => onAnswer(number)}
            >
              {answer !== undefined && number === right && <span className={styles.verdict}>✓ </span>}
              {answer === number && number !== right && <span className={styles.verdict}>✗ </span>}
              <Prose text={text} />
            </button>
          </li>
        ))}
      </ul>
      {answer !== undefined && (
        <p className={styles.because}>
          <b>{answer === right ? "So it is." : answer === "passed" ? "The answer:" : "Not so."}</b> <Prose text={because} />
        </p>
      )}
    </>
  );
}

const SPEEDS = [0.5, 1, 2] as const;

function Ways({ story, lesson, player, asked }: Props & { readonly asked: Prediction | undefined }) {
  const { isPlaying, speed, going, answers } = useStore(player.store);
  const lab = useLab();
  const beats = beatsOf(story);
  const isLast = lesson.beat === beats.length - 1;
  const following = STORIES[STORIES.findIndex(({ id }) => id === story.id) + 1];
  const isAnswered = answers.has(answerKey(story.id, lesson.beat + 1));
  return (
    <div className={styles.ways}>
      <fieldset className={styles.auto} aria-label="By itself">
        <button type="button" aria-pressed={isPlaying} disabled={isLast} onClick={() => player.playOrPause()}>
          {isPlaying ? "❚❚ Pause" : "▶ Play"}
        </button>
        <select aria-label="Speed" value={speed} onChange={(event) => player.setSpeed(Number(event.target.value))}>
          {SPEEDS.map((value) => (
            <option key={value} value={value}>
              {value}×
            </option>
          ))}
        </select>
      </fieldset>
      <button type="button" disabled={lesson.beat === 0 && !lesson.asking && going === undefined} onClick={() => player.previous()}>
        Previous
      </button>
      <button type="button" className={styles.primary} disabled={isLast && following === undefined} onClick={onward}>
        {isLast ? "Next story" : asked === undefined || isAnswered ? "Next" : "Tell me"}
      </button>
    </div>
  );

  function onward(): void {
    if (!isLast) player.next();
    else if (following !== undefined) void tellNext(following);
  }

  async function tellNext({ id }: Story): Promise<void> {
    const why = await player.tell({ story: id, beat: 0 });
    if (why !== undefined) lab.say({ tone: "problem", text: `This story cannot be told: ${why}.` });
  }
}
