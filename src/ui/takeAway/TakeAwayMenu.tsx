import { useState } from "react";
import { commandsOf } from "../commands/commands.ts";
import { useStage } from "../commands/useStage.ts";
import { MenuButton } from "../shared/MenuButton.tsx";
import { selectScenario, useLabState } from "../store/LabContext.tsx";
import styles from "./TakeAwayMenu.module.css";

/** Every way to take away what is shown. */
export function TakeAwayMenu() {
  const [open, setOpen] = useState(false);
  const isOpen = useLabState(selectScenario) !== undefined;
  return (
    <MenuButton
      open={open}
      onOpenChange={setOpen}
      label="Take away"
      align="end"
      button={{ className: styles.trigger, disabled: !isOpen, children: "Take away" }}
      useItems={useWays}
    />
  );
}

function useWays() {
  const commands = commandsOf(useStage()).filter(({ group }) => group === "Take away");
  return commands.map(({ id, title, run }) => ({ key: id, text: title, run }));
}
