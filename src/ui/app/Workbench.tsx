import { Fragment, memo, type ReactNode, Suspense } from "react";
import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import { selectOpen, useExplorerState } from "../explorer/ExplorerContext.tsx";
import { useFutures } from "../explorer/futures/useFutures.ts";
import { Inspector } from "../inspector/Inspector.tsx";
import { PageTable } from "../pageTable/PageTable.tsx";
import { Awaited } from "../shared/Awaited.tsx";
import { remembered } from "../shared/remembered.ts";
import { NARROW, useMedia } from "../shared/useMedia.ts";
import { SourcePanels } from "../source/SourcePanels.tsx";
import { useLabState, useShown } from "../store/LabContext.tsx";
import { LANE } from "../timeline/geometry.ts";
import { Timeline } from "../timeline/Timeline.tsx";
import { ExplorerPanel } from "./parts.ts";
import { StepLine } from "./StepLine.tsx";
import styles from "./Workbench.module.css";

/** What the timeline needs above its lanes, in pixels, and how many lanes are in sight at least, if there are so many. */
const HEAD = 60;
const MOST_LANES = 4;

/** The one screen: memory and TLBs on one axis, the code beside, time below; the explorer at the side. */
export const Workbench = memo(function Workbench() {
  const narrow = useMedia(NARROW);
  const exploring = useExplorerState(selectOpen);
  const actors = useLabState((state) => state.scenario?.document.actors.length ?? 0);
  const explorer = exploring ? <Explorer /> : null;
  if (narrow) {
    return (
      <main className={styles.stack}>
        <Memory />
        <Time />
        <Code />
        <Details />
        {explorer}
      </main>
    );
  }
  return (
    <main className={styles.panels}>
      <Split
        id="rows"
        orientation="vertical"
        parts={[
          {
            id: "upper",
            size: "75%",
            least: "180px",
            content: (
              <Split
                id="columns"
                orientation="horizontal"
                parts={[
                  {
                    id: "memory",
                    name: "memory and code",
                    size: exploring ? "42%" : "69%",
                    least: "340px",
                    content: (
                      <div className={styles.memory}>
                        <Memory />
                        <Details />
                      </div>
                    ),
                  },
                  { id: "code", name: "code and explorer", size: exploring ? "28%" : "31%", least: "240px", content: <Code /> },
                  ...(explorer === null ? [] : [{ id: "explorer", size: "30%", least: "340px", content: explorer }]),
                ]}
              />
            ),
            name: "memory and time",
          },
          { id: "time", size: "25%", least: `${HEAD + Math.min(actors, MOST_LANES) * LANE}px`, content: <Time /> },
        ]}
      />
    </main>
  );
});

function Memory() {
  const { snapshot } = useShown();
  return (
    <>
      <PageTable snapshot={snapshot} />
      <StepLine snapshot={snapshot} />
    </>
  );
}

const Details = () => <Inspector snapshot={useShown().snapshot} />;

const Code = () => <SourcePanels snapshot={useShown().snapshot} />;

function Time() {
  const { futures, failedAt } = useFutures();
  return <Timeline view={useShown()} futures={futures} failedAt={failedAt} />;
}

const Explorer = () => (
  <Suspense fallback={<Awaited />}>
    <ExplorerPanel view={useShown()} />
  </Suspense>
);

interface Part {
  readonly id: string;
  /** What the separator after it stands between; the last part has none. */
  readonly name?: string;
  readonly size: string;
  readonly least: string;
  readonly content: ReactNode;
}

/** Parts that the person may resize, by mouse or by the arrows; remembered for each set of parts. */
function Split({ id, orientation, parts }: { id: string; orientation: "horizontal" | "vertical"; parts: readonly Part[] }) {
  const panelIds = parts.map((part) => part.id);
  const layout = useDefaultLayout({ id, panelIds, storage: remembered, onlySaveAfterUserInteractions: true });
  return (
    <Group
      key={panelIds.join()}
      className={styles.split}
      orientation={orientation}
      {...(layout.defaultLayout && { defaultLayout: layout.defaultLayout })}
      onLayoutChanged={layout.onLayoutChanged}
    >
      {parts.map(({ id: part, name, size, least, content }, n) => (
        <Fragment key={part}>
          <Panel id={part} defaultSize={size} minSize={least} className={styles.part}>
            {content}
          </Panel>
          {n < parts.length - 1 && <Separator className={styles[orientation]} aria-label={`Between ${name}`} />}
        </Fragment>
      ))}
    </Group>
  );
}
