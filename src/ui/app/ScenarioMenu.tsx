import { DropdownMenu } from "radix-ui";
import { READY_SCENARIOS } from "../../stories/scenarios/index.ts";
import menu from "../shared/menu.module.css";
import { useLab } from "../store/LabContext.tsx";
import type { OpenScenario } from "../store/lab.ts";
import styles from "./ScenarioMenu.module.css";

/**
 * The scenario that is open, and the list of those to open. A menu, not a field: arrows walk through it and open
 * nothing, and while it is closed it leaves the page its keys.
 */
export function ScenarioMenu({ scenario }: { scenario: OpenScenario | undefined }) {
  const lab = useLab();
  const title = scenario === undefined ? "" : titleOf(scenario);
  const ready = READY_SCENARIOS.find(({ document }) => document === scenario?.document);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={styles.trigger} aria-label={`Scenario: ${title}`} title={title} disabled={scenario === undefined}>
        <span className={styles.title}>{title}</span>
      </DropdownMenu.Trigger>
      {/* Not in a portal: it belongs within the page's landmarks. */}
      <DropdownMenu.Content
        className={`${menu.menu} ${styles.list}`}
        align="start"
        sideOffset={4}
        collisionPadding={8}
        aria-label="Scenarios"
      >
        <DropdownMenu.RadioGroup value={ready?.name ?? ""} onValueChange={(name) => void lab.openReady(name)}>
          {READY_SCENARIOS.map(({ name, document }) => (
            <DropdownMenu.RadioItem key={name} value={name} className={`${menu.item} ${styles.item}`}>
              <span className={styles.tick} aria-hidden="true">
                <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
              </span>
              {document.title}
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

/** A ready scenario that was changed keeps its title, and is not the ready one. */
function titleOf({ base, document }: OpenScenario): string {
  const { title = "" } = document;
  if (title.trim() === "") return "Untitled";
  return document !== base.document && title === base.document.title ? `${title} (changed)` : title;
}
