/** What is open over the page and how it is shown: decided by the person, known to no scenario. */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";

/** One at a time. */
export type Overlay = "keys" | "palette" | "editor" | "diagram" | "stories" | "challenges" | "glossary";

export interface PageState {
  readonly overlay: Overlay | undefined;
  /** Large type and no chrome, for a projector. */
  readonly presenting: boolean;
  /** The entry that the inspector stays at; undefined while it follows the run. */
  readonly inspected: number | undefined;
  /** Inside another page: no chrome, and a way out to the whole page. */
  readonly embedded: boolean;
}

export type Page = StoreApi<PageState>;

export const createPage = (embedded = false): Page =>
  createStore<PageState>(() => ({ overlay: undefined, presenting: false, inspected: undefined, embedded }));

const PageContext = createContext<Page | undefined>(undefined);
export const PageProvider = PageContext.Provider;

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error("there is no page around this component");
  return page;
}

export const usePageState = <T>(select: (state: PageState) => T): T => useStore(usePage(), select);

/** Whether an overlay is open, and how to open and close it. */
export function useOverlay(overlay: Overlay): readonly [open: boolean, setOpen: (open: boolean) => void] {
  const page = usePage();
  const open = usePageState((state) => state.overlay === overlay);
  return [
    open,
    (wanted) => {
      // One that opened in its place stays.
      if (wanted || page.getState().overlay === overlay) page.setState({ overlay: wanted ? overlay : undefined });
    },
  ];
}
