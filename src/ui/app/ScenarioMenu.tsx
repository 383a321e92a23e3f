import { useState } from "react";
import { READY_SCENARIOS } from "../../stories/scenarios/index.ts";
import { MenuButton } from "../shared/MenuButton.tsx";
import { useLab } from "../store/LabContext.tsx";
import type { OpenScenario } from "../store/lab.ts";
import styles from "./ScenarioMenu.module.css";

/**
 * The scenario that is open, and the list of those to open. A menu, not a field: arrows walk through it and open
 * nothing, and while it is closed it leaves the page its keys.
 */
export function ScenarioMenu({ scenario }: { scenario: OpenScenario | undefined }) {
  const lab = useLab();
  const [open, setOpen] = useState(false);
  const title = scenario === undefined ? "" : titleOf(scenario);
  const ready = READY_SCENARIOS.find(({ document }) => document === scenario?.document);
  return (
    <MenuButton
      open={open}
      onOpenChange={setOpen}
      label="Scenarios"
      align="start"
      button={{
        className: styles.trigger,
        "aria-label": `Scenario: ${title}`,
        "data-tip": title,
        disabled: scenario === undefined,
        children: <span className={styles.title}>{title}</span>,
      }}
      useItems={() =>
        READY_SCENARIOS.map(({ name, document }) => ({ key: name, text: document.title ?? name, run: () => void lab.openReady(name) }))
      }
      checked={ready?.name ?? null}
    />
  );
}

/** A ready scenario that was changed keeps its title, and is not the ready one. */
function titleOf({ base, document }: OpenScenario): string {
  const { title = "" } = document;
  if (title.trim() === "") return "Untitled";
  return document !== base.document && title === base.document.title ? `${title} (changed)` : title;
}
