import { useState } from "react";
import { BOUND_FIELDS, boundProblem, boundsOf, boundsText } from "./bounds.ts";
import { useExplorer, useExplorerState } from "./ExplorerContext.tsx";
import styles from "./WishForm.module.css";

/** How far it may go. A bound that cannot be taken keeps the fields in sight. */
export function BoundFields() {
  const explorer = useExplorer();
  const texts = useExplorerState((state) => state.bounds);
  const [open, setOpen] = useState(false);
  const bounds = boundsOf(texts);
  return (
    <details className={styles.bounds} open={open || bounds === undefined} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Stops at {bounds ? boundsText(bounds) : "…"}</summary>
      <fieldset>
        <legend className="visually-hidden">Bounds</legend>
        {BOUND_FIELDS.map((field) => {
          const { bound, label, isNeeded } = field;
          const problem = boundProblem(field, texts[bound]);
          return (
            <div key={bound} className={styles.bound}>
              <label htmlFor={`bound-${bound}`}>{label}</label>
              <input
                id={`bound-${bound}`}
                type="text"
                inputMode="numeric"
                placeholder={isNeeded ? undefined : "no bound"}
                aria-invalid={problem !== undefined}
                aria-describedby={problem ? `bound-${bound}-problem` : undefined}
                value={texts[bound]}
                onChange={(event) => explorer.setBound(bound, event.target.value)}
              />
              {problem && <p id={`bound-${bound}-problem`}>{problem}</p>}
            </div>
          );
        })}
      </fieldset>
    </details>
  );
}
