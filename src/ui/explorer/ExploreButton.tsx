import { useEffect, useRef } from "react";
import { selectOpen, selectRunning, useComparerState, useExplorer, useExplorerState } from "./ExplorerContext.tsx";
import { EXPLORER_ID } from "./explorer.ts";

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
  return (
    <button ref={button} type="button" aria-expanded={open} aria-controls={EXPLORER_ID} onClick={() => explorer.show(!open)}>
      {isExploring || isComparing ? "Exploring…" : "Explore"} <kbd>e</kbd>
    </button>
  );
}
