import type { ScenarioDocument } from "../../engine/protocol.ts";
import { NumberField, SelectField, TextField } from "./fields.tsx";
import styles from "./ScenarioEditor.module.css";

export type MachineDocument = ScenarioDocument["machine"];

export interface MachineProps {
  readonly machine: MachineDocument;
  readonly onChange: (machine: MachineDocument) => void;
}

const GRANULES = [
  ["4K", "4K pages, blocks of 16"],
  ["16K", "16K pages, blocks of 128"],
  ["64K", "64K pages, blocks of 32"],
] as const;
const MMS = [
  ["user", "user"],
  ["init", "init_mm (never folds)"],
  ["efi", "efi_mm (never folds)"],
] as const;
const HARDWARE_AD = [
  ["af+dirty", "sets access and dirty"],
  ["af", "sets access only"],
  ["none", "sets nothing"],
] as const;
const BBM = [
  [0, "0: break-before-make needed"],
  [2, "2: block size may change in place"],
] as const;
const AD_UPDATE = [
  ["walked", "the entry it walked"],
  ["any", "any entry of the block (a choice)"],
] as const;
const TLB_ANSWER = [
  ["smallest", "the smallest"],
  ["any", "any (a choice)"],
] as const;

export function MachineEditor({ machine, onChange }: MachineProps) {
  const change = (part: Partial<MachineDocument>): void => onChange(without({ ...machine, ...part }));
  return (
    <fieldset className={styles.group}>
      <legend>Machine</legend>
      <div className={styles.fields}>
        <SelectField
          label="Granule"
          path="machine.granule"
          value={machine.granule ?? "4K"}
          options={GRANULES}
          onChange={(granule) => change({ granule })}
        />
        <SelectField label="mm" path="machine.mm" value={machine.mm ?? "user"} options={MMS} onChange={(mm) => change({ mm })} />
        <TextField label="Address of entry 0" path="machine.va" value={machine.va ?? "0x10000000"} onChange={(va) => change({ va })} />
        <NumberField
          label="Entries (empty: as needed)"
          path="machine.entries"
          value={machine.entries}
          onChange={(entries) => change({ entries })}
        />
        <SelectField
          label="Hardware"
          path="machine.hardwareAD"
          value={machine.hardwareAD ?? "af+dirty"}
          options={HARDWARE_AD}
          onChange={(hardwareAD) => change({ hardwareAD })}
        />
        <SelectField
          label="A/D update lands in"
          path="machine.adUpdate"
          value={machine.adUpdate ?? "walked"}
          options={AD_UPDATE}
          onChange={(adUpdate) => change({ adUpdate })}
        />
        <SelectField label="BBM level" path="machine.bbm" value={machine.bbm ?? 0} options={BBM} onChange={(bbm) => change({ bbm })} />
        <SelectField
          label="Of two TLB entries answers"
          path="machine.tlbAnswer"
          value={machine.tlbAnswer ?? "smallest"}
          options={TLB_ANSWER}
          onChange={(tlbAnswer) => change({ tlbAnswer })}
        />
      </div>
    </fieldset>
  );
}

/** The document leaves out what is not given, rather than giving it as undefined. */
function without<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}
