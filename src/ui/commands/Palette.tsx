import { Command as List } from "cmdk";
import { useOverlay } from "../app/page.ts";
import { Sheet } from "../shared/Sheet.tsx";
import { type Command, GROUPS, keyText } from "./command.ts";
import { commandsOf } from "./commands.ts";
import styles from "./Palette.module.css";
import { useStage } from "./useStage.ts";

/** Every command by words of its name, with its keys; one that cannot be done now says why. */
export function Palette() {
  const [, setOpen] = useOverlay("palette");
  return (
    <Sheet title="Find a command" isTitleHidden className={styles.palette} onClose={() => setOpen(false)}>
      <Commands onDone={() => setOpen(false)} />
    </Sheet>
  );
}

function Commands({ onDone }: { onDone: () => void }) {
  const commands = commandsOf(useStage()).filter(({ absent }) => absent !== true);
  return (
    <List label="Commands" loop filter={hasWords}>
      <List.Input className={styles.words} placeholder="What do you want to do?" aria-label="Words of a command" />
      <List.List className={styles.list} label="Commands">
        <List.Empty className={styles.empty}>No command has these words.</List.Empty>
        {GROUPS.map((group) => (
          <List.Group key={group} heading={group} className={styles.group}>
            {commands
              .filter((command) => command.group === group)
              .map((command) => (
                <Item key={command.id} command={command} onDone={() => done(command)} />
              ))}
          </List.Group>
        ))}
      </List.List>
    </List>
  );

  function done(command: Command): void {
    onDone();
    command.run();
  }
}

/** What cmdk knows of a command beside its title. */
const BLOCKED = "blocked";

/**
 * Every word of the search, anywhere in the title: letters scattered over it would find nearly everything. What can be
 * done comes before what cannot.
 */
function hasWords(title: string, search: string, told: readonly string[] = []): number {
  const words = search.toLowerCase().trim().split(/\s+/);
  if (!words.every((word) => title.toLowerCase().includes(word))) return 0;
  return told.includes(BLOCKED) ? 0.5 : 1;
}

function Item({ command, onDone }: { command: Command; onDone: () => void }) {
  const { title, keys = [], blocked } = command;
  return (
    <List.Item
      value={title}
      keywords={blocked === undefined ? [] : [BLOCKED]}
      className={styles.item}
      disabled={blocked !== undefined}
      onSelect={onDone}
    >
      <span>
        {title}
        {blocked !== undefined && <span className={styles.why}> {blocked}</span>}
      </span>
      <span className={styles.keys}>
        {keys.map((key) => (
          <kbd key={key}>{keyText(key)}</kbd>
        ))}
      </span>
    </List.Item>
  );
}
