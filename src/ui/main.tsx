import { notifyManager, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { createClient } from "../engine/client.ts";
import { App } from "./app/App.tsx";
import "./app/base.css";
import { createPage, PageProvider } from "./app/page.ts";
import { startEngine } from "./engineWorker.ts";
import { ExplorerProvider } from "./explorer/ExplorerContext.tsx";
import { createExplorer } from "./explorer/explorer.ts";
import { keepForOffline } from "./offline.ts";
import { RunnerProvider } from "./run/RunnerContext.tsx";
import { createRunner } from "./run/runner.ts";
import { createContpteLab } from "./scripting/contpteLab.ts";
import { answerFrame, isEmbedded } from "./scripting/embed.ts";
import { showTips } from "./shared/tips.ts";
import { followAddress, openAddress } from "./store/address.ts";
import { LabProvider } from "./store/LabContext.tsx";
import { createLab } from "./store/lab.ts";
import { createQueryClient } from "./store/queryClient.ts";
import { workerTransport } from "./store/workerTransport.ts";
import { createStories, StoriesProvider } from "./stories/stories.ts";
import { createTimelineHandle, TimelineProvider } from "./timeline/TimelineContext.tsx";

// An answer is painted on the next frame: the default waits for a timer first.
notifyManager.setScheduler(queueMicrotask);

const queries = createQueryClient();
const client = createClient(workerTransport(startEngine));
const lab = createLab(client, queries);
const explorer = createExplorer(lab, queries);
const timeline = createTimelineHandle();
const runner = createRunner(lab);
const stories = createStories(lab);
const page = createPage(isEmbedded());

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <QueryClientProvider client={queries}>
    <LabProvider value={lab}>
      <ExplorerProvider value={explorer}>
        <RunnerProvider value={runner}>
          <PageProvider value={page}>
            <TimelineProvider value={timeline}>
              <StoriesProvider value={stories}>
                <App />
              </StoriesProvider>
            </TimelineProvider>
          </PageProvider>
        </RunnerProvider>
      </ExplorerProvider>
    </LabProvider>
  </QueryClientProvider>,
);

const flushAddress = followAddress(lab, stories);
window.contpteLab = createContpteLab(lab, stories, explorer, flushAddress, openAddress(lab, stories));
if (isEmbedded()) answerFrame(lab, window.contpteLab);
showTips();
keepForOffline();
