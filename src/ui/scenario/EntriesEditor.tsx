import { CheckGroup, ListRow, NumberField, replaced, SelectField, TextField } from "./fields.tsx";
import type { MachineDocument, MachineProps } from "./MachineEditor.tsx";
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
          <ListRow key={n} what={`folio ${n + 1}`} onRemove={() => change(replaced(folios, n, undefined))}>
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
  return (
    <fieldset className={styles.group}>
      <legend>Entries at the start</legend>
      {words.length > 0 ? (
        <label>
          One word per entry, a line each
          <textarea
            className={styles.words}
            spellCheck={false}
            value={words.join("\n")}
            onChange={(event) => onChange({ ...machine, ptes: event.target.value.split("\n") })}
          />
        </label>
      ) : (
        <Runs runs={ptes as Run[]} onChange={(runs) => onChange({ ...machine, ptes: runs })} />
      )}
    </fieldset>
  );
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
            <ListRow key={n} what={`run ${n + 1}`} onRemove={() => onChange(replaced(runs, n, undefined))}>
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
              <CheckGroup label="Flags" options={FLAGS} value={run.flags ?? []} onChange={(flags) => change({ flags })} />
            </ListRow>
          );
        })}
      </ol>
      <div className={styles.add}>
        <button type="button" onClick={() => onChange([...runs, { index: next, count: 16, pfn: "0x2000", prot: "rw", flags: [] }])}>
          Add entries
        </button>
      </div>
    </>
  );
}
