import { useEffect } from "react";
import { matches } from "./command.ts";
import { commandsOf } from "./commands.ts";
import { useStage } from "./useStage.ts";

/** Where keys belong to what has the focus: fields, and open dialogs and menus. */
const OCCUPIED = "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]";

/** All that a slider or a separator between panels needs itself: the rest is the page's. */
const SLIDER_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];

/** What the space bar presses. */
const PRESSED = "button, a, summary, [role=button], [role=tab], [role=option]";

function isOccupied({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches("input[type=range], [role=separator]")) return SLIDER_KEYS.includes(key);
  return target.closest(OCCUPIED) !== null || (key === " " && target.closest(PRESSED) !== null);
}

/** The page's keys, wherever the focus is, unless it is somewhere that needs them itself. */
export function useKeyboard(): void {
  const stage = useStage();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const occupied = isOccupied(event) || stage.page.getState().overlay !== undefined; // which may still be loading
      const command = commandsOf(stage).find(
        ({ keys = [], everywhere }) => (everywhere || !occupied) && keys.some((key) => matches(key, event)),
      );
      if (command === undefined) return;
      event.preventDefault();
      command.run();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [stage]);
}
