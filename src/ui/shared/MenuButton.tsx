import { Suspense, useState } from "react";
import { later } from "./later.ts";
import type { MenuProps } from "./Menu.tsx";

const Menu = later(async () => (await import("./Menu.tsx")).Menu);

/** A button that opens a menu. All that a menu needs is loaded when one is first opened; until then it is only a button. */
export function MenuButton(props: MenuProps) {
  const { open, onOpenChange } = props;
  const [used, setUsed] = useState(open);
  if (open && !used) setUsed(true);
  const button = (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => onOpenChange(true)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown") return;
        event.preventDefault();
        onOpenChange(true);
      }}
      {...props.button}
    />
  );
  if (!used) return button;
  return (
    <Suspense fallback={button}>
      <Menu {...props} />
    </Suspense>
  );
}
