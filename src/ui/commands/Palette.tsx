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

/** Every word of the search, anywhere in the title: letters scattered over it would find nearly everything. */
function hasWords(title: string, search: string): number {
  const told = title.toLowerCase();
  return search
    .toLowerCase()
    .trim()
    .split(/\s+/)
    .every((word) => told.includes(word))
    ? 1
    : 0;
}

function Item({ command, onDone }: { command: Command; onDone: () => void }) {
  const { title, keys = [], blocked } = command;
  return (
    <List.Item value={title} className={styles.item} disabled={blocked !== undefined} onSelect={onDone}>
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
