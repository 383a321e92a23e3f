import { useRef, useState } from "react";
import { CheckGroup, Field, ListRow, NumberField, PlaceProblem, SelectField, TextField } from "./fields.tsx";
import type { MachineDocument, MachineProps } from "./MachineEditor.tsx";
import { replaced, rowKey } from "./rows.ts";
import styles from "./ScenarioEditor.module.css";

type Run = Exclude<NonNullable<MachineDocument["ptes"]>[number], string>;
type Flag = NonNullable<Run["flags"]>[number];

const FLAGS: readonly Flag[] = ["cont", "young", "dirty", "hwdirty", "special", "uffd"];
const PROTS = [
  ["rw", "rw"],
  ["ro", "ro"],
  ["none", "none"],
] as const;

export function FoliosEditor({ machine, onChange }: MachineProps) {
  const folios = machine.folios ?? [];
  const change = (next: typeof folios): void => onChange({ ...machine, folios: next });
  return (
    <fieldset className={styles.group}>
      <legend>Folios</legend>
      <ol>
        {folios.map((folio, n) => (
          <ListRow key={rowKey(folio)} what={`folio ${n + 1}`} onRemove={() => change(replaced(folios, n, undefined))}>
            <TextField
              label="First frame"
              path={`machine.folios.${n}.pfn`}
              value={folio.pfn}
              onChange={(pfn) => change(replaced(folios, n, { ...folio, pfn }))}
            />
            <NumberField
              label="Pages"
              path={`machine.folios.${n}.pages`}
              value={folio.pages}
              onChange={(pages) => change(replaced(folios, n, { ...folio, pages: pages ?? 0 }))}
            />
            <PlaceProblem path={`machine.folios.${n}`} />
          </ListRow>
        ))}
      </ol>
      <div className={styles.add}>
        <button type="button" onClick={() => change([...folios, { pfn: "0x2000", pages: 16 }])}>
          Add a folio
        </button>
      </div>
    </fieldset>
  );
}

/** The table at the start: runs of like entries, or one word per entry if the document gives words. */
export function EntriesEditor({ machine, onChange }: MachineProps) {
  const ptes = machine.ptes ?? [];
  const words = ptes.filter((pte): pte is string => typeof pte === "string");
  const [byWords, setByWords] = useState(words.length > 0);
  const group = useRef<HTMLFieldSetElement>(null);
  return (
    <fieldset className={styles.group} ref={group} tabIndex={-1}>
      <legend>Entries at the start</legend>
      {byWords ? (
        <Words
          words={words}
          onChange={(next) => onChange({ ...machine, ptes: next })}
          onLeave={() => {
            group.current?.focus();
            setByWords(false);
          }}
        />
      ) : (
        <Runs runs={ptes as Run[]} onChange={(runs) => onChange({ ...machine, ptes: runs })} />
      )}
    </fieldset>
  );
}

/** The text is the browser's, the words are the draft's: what is blank at the end is text, and no word. */
function Words({ words, onChange, onLeave }: { words: string[]; onChange: (words: string[]) => void; onLeave: () => void }) {
  return (
    <>
      <Field
        label="One word per entry, a line each"
        path="machine.ptes"
        wide
        part={(rest) => (rest === "" ? "" : `Line ${Number(rest) + 1}`)}
      >
        {(props) => (
          <textarea
            {...props}
            className={styles.words}
            spellCheck={false}
            defaultValue={words.join("\n")}
            onChange={(event) => onChange(wordsOf(event.target.value))}
          />
        )}
      </Field>
      {words.length === 0 ? (
        <div className={styles.add}>
          <button type="button" onClick={onLeave}>
            Describe entries by runs instead
          </button>
        </div>
      ) : (
        <p className={styles.about}>Clear the list to describe entries by runs instead.</p>
      )}
    </>
  );
}

function wordsOf(text: string): string[] {
  const written = text.trimEnd();
  return written === "" ? [] : written.split("\n").map((line) => line.trim());
}

function Runs({ runs, onChange }: { runs: readonly Run[]; onChange: (runs: Run[]) => void }) {
  const next = runs.reduce((end, run) => Math.max(end, run.index + (run.count ?? 1)), 0);
  return (
    <>
      <ol>
        {runs.map((run, n) => {
          const path = `machine.ptes.${n}`;
          const change = (part: Partial<Run>): void => onChange(replaced(runs, n, { ...run, ...part }));
          return (
            <ListRow key={rowKey(run)} what={`run ${n + 1}`} onRemove={() => onChange(replaced(runs, n, undefined))}>
              <NumberField
                label="From entry"
                path={`${path}.index`}
                value={run.index}
                onChange={(index) => change({ index: index ?? 0 })}
              />
              <NumberField
                label="Count"
                path={`${path}.count`}
                value={run.count ?? 1}
                onChange={(count) => change({ count: count ?? 0 })}
              />
              <TextField label="First frame" path={`${path}.pfn`} value={run.pfn} onChange={(pfn) => change({ pfn })} />
              <SelectField
                label="Protection"
                path={`${path}.prot`}
                value={run.prot}
                options={PROTS}
                onChange={(prot) => change({ prot })}
              />
              <CheckGroup
                label="Flags"
                path={`${path}.flags`}
                options={FLAGS}
                value={run.flags ?? []}
                onChange={(flags) => change({ flags })}
              />
            </ListRow>
          );
        })}
      </ol>
      <div className={styles.add}>
        <PlaceProblem path="machine.ptes" />
        <button type="button" onClick={() => onChange([...runs, { index: next, count: 16, pfn: "0x2000", prot: "rw", flags: [] }])}>
          Add entries
        </button>
      </div>
    </>
  );
}
