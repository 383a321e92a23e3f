import { DropdownMenu } from "radix-ui";
import type { ButtonHTMLAttributes, FocusEvent } from "react";
import styles from "./Menu.module.css";

export interface MenuItem {
  readonly key: string;
  readonly text: string;
  readonly run: () => void;
}

export interface MenuProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The name of the menu. */
  readonly label: string;
  readonly align: "start" | "end";
  readonly button: ButtonHTMLAttributes<HTMLButtonElement> & { readonly "data-tip"?: string };
  /** A hook: asked while the menu is open. */
  readonly useItems: () => readonly MenuItem[];
  /** Given where the items are states of which one is on: its key, or null if none is. */
  readonly checked?: string | null | undefined;
}

/** Not in a portal: a menu belongs within the page's landmarks, beside its button. */
export function Menu({ open, onOpenChange, label, align, button, useItems, checked }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger {...button} />
      <DropdownMenu.Content
        className={styles.menu}
        align={align}
        sideOffset={4}
        collisionPadding={8}
        aria-label={label}
        onFocus={focusFirst}
      >
        <Items useItems={useItems} checked={checked} />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

/** As Radix does it itself, which knows only of keys that were pressed since the menu was loaded. */
function focusFirst({ target, currentTarget }: FocusEvent<HTMLElement>): void {
  if (target === currentTarget && target.matches(":focus-visible")) target.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
}

function Items({ useItems, checked }: Pick<MenuProps, "useItems" | "checked">) {
  const items = useItems();
  if (checked === undefined) {
    return items.map(({ key, text, run }) => (
      <DropdownMenu.Item key={key} className={styles.item} onSelect={run}>
        {text}
      </DropdownMenu.Item>
    ));
  }
  return (
    <DropdownMenu.RadioGroup value={checked ?? ""}>
      {items.map(({ key, text, run }) => (
        <DropdownMenu.RadioItem key={key} value={key} className={styles.item} onSelect={run}>
          <span className={styles.tick} aria-hidden="true">
            <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
          </span>
          {text}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
