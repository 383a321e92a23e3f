/** What a person can do on the page, told once: the keys, the list of keys and the palette are all made from it. */

/** In the order in which lists show them. */
export const GROUPS = ["Run", "Story", "Challenge", "Actors", "Scenario", "Take away", "Explore", "View", "Help"] as const;

export interface Command {
  /** Unique, and the same in every version. */
  readonly id: string;
  readonly group: (typeof GROUPS)[number];
  readonly title: string;
  /** Each a value of KeyboardEvent.key, after `mod+` and `shift+` where those are held: `mod+shift+z`. `mod` is ⌘ on a Mac, Ctrl elsewhere. */
  readonly keys?: readonly string[];
  /** Commands that the list of keys tells as one, with these keys. */
  readonly family?: { readonly keys: readonly string[]; readonly title: string };
  /** Acts in fields and over dialogs too. */
  readonly everywhere?: true;
  /** There is nothing now that it could act on: it is in no list. */
  readonly absent?: boolean;
  /**
   * Why it cannot be done as things stand: a sentence, for those who look at a list. Its key acts all the same: by the time
   * that keys pressed before it have been acted on it may be possible, and if not, what it asks of says why.
   */
  readonly blocked?: string | undefined;
  readonly run: () => void;
}

const onMac = (): boolean => typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** What is held, and the key itself, which may be `+`. */
const partsOf = (key: string): readonly string[] => (key === "+" ? [key] : key.split("+"));

/** Shift counts only beside `mod`: alone, it is in the key itself, as in `?`. */
export function matches(key: string, pressed: KeyPress): boolean {
  const parts = partsOf(key);
  const name = parts.at(-1) ?? "";
  const mod = parts.includes("mod");
  if (pressed.altKey || (pressed.ctrlKey || pressed.metaKey) !== mod) return false;
  if (!mod) return pressed.key === name;
  return pressed.key.toLowerCase() === name && pressed.shiftKey === parts.includes("shift");
}

const NAMES: Readonly<Record<string, string>> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", " ": "Space" };

/** A key as a person reads it. */
export function keyText(key: string): string {
  const mac = onMac();
  const parts = partsOf(key).map((part) => {
    if (part === "mod") return mac ? "⌘" : "Ctrl";
    if (part === "shift") return mac ? "⇧" : "Shift";
    return NAMES[part] ?? (key.includes("+") ? part.toUpperCase() : part);
  });
  return parts.join(mac ? "" : "+");
}
