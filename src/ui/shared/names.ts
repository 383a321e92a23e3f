import type { ScenarioDocument } from "../../engine/protocol.ts";

/** What the engine calls an actor that has no name of its own. */
export const actorName = ({ actors }: ScenarioDocument, actor: number): string => actors[actor]?.name ?? `CPU${actor}`;
