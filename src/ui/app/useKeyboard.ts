import { useEffect } from "react";
import { useLab } from "../store/LabContext.tsx";
import { KEY_COMMANDS } from "./keys.ts";

/** Where keys belong to what has the focus: fields, and open dialogs and menus. */
const OCCUPIED = "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]";

/** All that a slider needs itself: the rest is the page's. */
const SLIDER_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];

export function isOccupied({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches("input[type=range]")) return SLIDER_KEYS.includes(key);
  return target.closest(OCCUPIED) !== null;
}

/** The page's keys, wherever the focus is, unless it is somewhere that needs them itself. */
export function useKeyboard(): void {
  const lab = useLab();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isOccupied(event)) return;
      const command = KEY_COMMANDS.find(({ keys }) => keys.includes(event.key));
      if (command === undefined) return;
      event.preventDefault();
      command.run(lab, event.key);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [lab]);
}
