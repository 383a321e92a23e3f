import { GLOSSARY } from "../../stories/glossary.ts";
import { useOverlay } from "../app/page.ts";
import dialog from "../shared/dialog.module.css";
import { CloseButton, Sheet } from "../shared/Sheet.tsx";
import styles from "./GlossaryDialog.module.css";
import { Prose } from "./Prose.tsx";

/** What the words of the trade mean. */
export function GlossaryDialog() {
  const [, setOpen] = useOverlay("glossary");
  return (
    <Sheet title="Glossary" className={styles.dialog} onClose={() => setOpen(false)}>
      <dl className={styles.terms}>
        {GLOSSARY.map(({ term, short, meaning }) => (
          <div key={term} className={styles.term}>
            <dt>{term}</dt>
            <dd>
              {short !== undefined && <i className={styles.short}>{short}. </i>}
              <Prose text={meaning} />
            </dd>
          </div>
        ))}
      </dl>
      <div className={dialog.buttons}>
        <CloseButton />
      </div>
    </Sheet>
  );
}
