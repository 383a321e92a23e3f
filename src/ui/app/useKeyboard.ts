import { useEffect } from "react";
import { useLab } from "../store/LabContext.tsx";
import { KEY_COMMANDS } from "./keys.ts";

/** Where keys belong to what has the focus: fields, and open dialogs and menus. */
const OCCUPIED = "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]";

export const isOccupied = (target: EventTarget | null): boolean => target instanceof Element && target.closest(OCCUPIED) !== null;

/** The page's keys, wherever the focus is, unless it is somewhere that needs them itself. */
export function useKeyboard(): void {
  const lab = useLab();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isOccupied(event.target)) return;
      const command = KEY_COMMANDS.find(({ keys }) => keys.includes(event.key));
      if (command === undefined) return;
      event.preventDefault();
      command.run(lab, event.key);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [lab]);
}
