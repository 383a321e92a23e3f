/** The parts of the page that its first picture does without. */
import { later } from "../shared/later.ts";

export const ExplorerPanel = later(async () => (await import("../explorer/ExplorerPanel.tsx")).ExplorerPanel);
export const ScenarioEditor = later(async () => (await import("../scenario/ScenarioEditor.tsx")).ScenarioEditor);
export const Palette = later(async () => (await import("../commands/Palette.tsx")).Palette);
export const KeysDialog = later(async () => (await import("../commands/KeysDialog.tsx")).KeysDialog);
export const StoryList = later(async () => (await import("../stories/StoryList.tsx")).StoryList);
export const StoryStrip = later(async () => (await import("../stories/StoryStrip.tsx")).StoryStrip);
export const ChallengeList = later(async () => (await import("../challenges/ChallengeList.tsx")).ChallengeList);
export const ChallengeStrip = later(async () => (await import("../challenges/ChallengeStrip.tsx")).ChallengeStrip);
export const GlossaryDialog = later(async () => (await import("../stories/GlossaryDialog.tsx")).GlossaryDialog);
export const DiagramDialog = later(async () => (await import("../takeAway/DiagramDialog.tsx")).DiagramDialog);
export const KernelCard = later(async () => (await import("./KernelCard.tsx")).KernelCard);
