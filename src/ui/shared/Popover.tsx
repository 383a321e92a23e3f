import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import styles from "./Popover.module.css";

interface Props {
  /** What stands on the button. */
  readonly face: ReactNode;
  readonly buttonClass?: string | undefined;
  readonly buttonTitle?: string | undefined;
  /** The name of what it opens. */
  readonly label: string;
  readonly className?: string | undefined;
  readonly side?: "above" | "below";
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}

/**
 * A button, and what it opens over the page. The browser places it beside the button, closes it on Escape and on a press
 * elsewhere, and gives the focus back.
 */
export function Popover({ face, buttonClass, buttonTitle, label, className = "", side = "below", align = "start", children }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) content.current?.focus();
  }, [open]);
  return (
    <>
      <button type="button" className={buttonClass} popoverTarget={id} aria-haspopup="dialog" aria-expanded={open} data-tip={buttonTitle}>
        {face}
      </button>
      <div
        ref={content}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the focus when it opens, and scrolls by keys where it is long
        tabIndex={0}
        className={`${styles.content} ${styles[side]} ${styles[align]} ${className}`}
        onToggle={({ newState }) => setOpen(newState === "open")}
      >
        {open && children}
      </div>
    </>
  );
}
