import { useEffect, useRef } from "react";
import { EXPLORE_KEY } from "../app/keys.ts";
import { isOccupied } from "../app/useKeyboard.ts";
import { selectOpen, selectRunning, useComparerState, useExplorer, useExplorerState } from "./ExplorerContext.tsx";
import { EXPLORER_ID } from "./ExplorerPanel.tsx";

/** Opens the explorer and puts it away; has the focus again when it is closed. */
export function ExploreButton() {
  const explorer = useExplorer();
  const open = useExplorerState(selectOpen);
  const isExploring = useExplorerState(selectRunning) !== undefined;
  const isComparing = useComparerState((state) => state.running) !== undefined;
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open) button.current?.focus();
    wasOpen.current = open;
  }, [open]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== EXPLORE_KEY || event.ctrlKey || event.metaKey || event.altKey || isOccupied(event)) return;
      event.preventDefault();
      if (explorer.store.getState().open) document.getElementById(EXPLORER_ID)?.focus();
      else explorer.show(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [explorer]);
  return (
    <button ref={button} type="button" aria-expanded={open} aria-controls={EXPLORER_ID} onClick={() => explorer.show(!open)}>
      {isExploring || isComparing ? "Exploring…" : "Explore"} <kbd>{EXPLORE_KEY}</kbd>
    </button>
  );
}
