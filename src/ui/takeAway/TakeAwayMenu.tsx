import { DropdownMenu } from "radix-ui";
import { commandsOf } from "../commands/commands.ts";
import { useStage } from "../commands/useStage.ts";
import menu from "../shared/menu.module.css";
import { selectScenario, useLabState } from "../store/LabContext.tsx";
import styles from "./TakeAwayMenu.module.css";

/** Every way to take away what is shown. */
export function TakeAwayMenu() {
  const isOpen = useLabState(selectScenario) !== undefined;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={styles.trigger} disabled={!isOpen}>
        Take away
      </DropdownMenu.Trigger>
      {/* Not in a portal: it belongs within the page's landmarks. */}
      <DropdownMenu.Content className={menu.menu} align="end" sideOffset={4} collisionPadding={8} aria-label="Take away">
        <Items />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

function Items() {
  const commands = commandsOf(useStage()).filter(({ group }) => group === "Take away");
  return commands.map((command) => (
    <DropdownMenu.Item key={command.id} className={menu.item} onSelect={command.run}>
      {command.title}
    </DropdownMenu.Item>
  ));
}
