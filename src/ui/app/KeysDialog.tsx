import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import dialog from "../shared/dialog.module.css";
import styles from "./KeysDialog.module.css";
import { EXPLORE_KEY, HELP_KEY, KEY_COMMANDS } from "./keys.ts";
import { isOccupied } from "./useKeyboard.ts";

export function KeysDialog() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== HELP_KEY || event.ctrlKey || event.metaKey || isOccupied(event)) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const rows = [
    ...KEY_COMMANDS,
    { shown: [EXPLORE_KEY], does: "Open the explorer, or go to it: every interleaving of the scenario" },
    { shown: [HELP_KEY], does: "This list" },
  ];
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <button type="button">
          Keys <kbd>?</kbd>
        </button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={dialog.overlay} />
        <Dialog.Content className={dialog.content} aria-describedby={undefined}>
          <Dialog.Title className={dialog.title}>Keys</Dialog.Title>
          <table className={styles.keys}>
            <thead className="visually-hidden">
              <tr>
                <th>Key</th>
                <th>What it does</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ shown, does }) => (
                <tr key={does}>
                  <td>
                    {shown.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </td>
                  <td>{does}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <div className={dialog.buttons}>
            <Dialog.Close asChild>
              <button type="button">Close</button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
