import { useOverlay } from "../app/page.ts";
import dialog from "../shared/dialog.module.css";
import { CloseButton, Sheet } from "../shared/Sheet.tsx";
import { type Command, GROUPS, keyText } from "./command.ts";
import { commandsOf } from "./commands.ts";
import styles from "./KeysDialog.module.css";
import { useStage } from "./useStage.ts";

/** Every command that has a key. */
export function KeysDialog() {
  const [, setOpen] = useOverlay("keys");
  return (
    <Sheet title="Keys" onClose={() => setOpen(false)}>
      <KeyTable />
      <div className={dialog.buttons}>
        <p className={styles.about}>
          contpte-lab is free software under the MIT licence. <Licences />
        </p>
        <CloseButton />
      </div>
    </Sheet>
  );
}

function KeyTable() {
  const rows = rowsOf(commandsOf(useStage()));
  return (
    <table className={styles.keys}>
      <thead className="visually-hidden">
        <tr>
          <th>Key</th>
          <th>What it does</th>
        </tr>
      </thead>
      {GROUPS.map((group) => {
        const own = rows.filter((row) => row.group === group);
        return own.length === 0 ? null : (
          <tbody key={group}>
            <tr>
              <th colSpan={2} scope="rowgroup" className={styles.group}>
                {group}
              </th>
            </tr>
            {own.map(({ keys, title }) => (
              <tr key={title}>
                <td>
                  {keys.map((key) => (
                    <kbd key={key}>{keyText(key)}</kbd>
                  ))}
                </td>
                <td>{title}</td>
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

interface Row {
  readonly group: Command["group"];
  readonly keys: readonly string[];
  readonly title: string;
}

/** A family is told once. */
function rowsOf(commands: readonly Command[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { group, keys = [], title, family } of commands) {
    const row = family ?? { keys, title };
    if (row.keys.length > 0) rows.set(row.title, { group, ...row });
  }
  return [...rows.values()];
}

/** Those of the packages in the build: beside the page, or at the end of it where it is but one file. */
const Licences = () =>
  import.meta.env.MODE === "one-file" ? (
    "Those of what it contains stand at the end of this file."
  ) : (
    <a href="./licenses.md">Licences of what it contains</a>
  );
