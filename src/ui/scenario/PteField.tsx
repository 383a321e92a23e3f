import type { PteHelper, ScenarioDocument } from "../../engine/protocol.ts";
import { NumberField, RemoveButton, SelectField, TextField } from "./fields.tsx";
import styles from "./PteField.module.css";

type KernelActor = Extract<ScenarioDocument["actors"][number], { kind: "kernel" }>;
export type PteDocument = NonNullable<KernelActor["calls"][number]["pte"]>;

const SOURCES = [
  ["word", "a word"],
  ["result", "an earlier result"],
] as const;

/** The value a setter stores: a word, or what an earlier call returned, changed by pte helpers. */
export function PteField({
  path,
  value,
  helpers,
  onChange,
}: {
  path: string;
  value: PteDocument | undefined;
  helpers: readonly PteHelper[];
  onChange: (value: PteDocument) => void;
}) {
  const word = typeof value === "string" || value === undefined;
  return (
    <>
      <SelectField
        label="Value"
        path={`${path}.source`}
        value={word ? "word" : "result"}
        options={SOURCES}
        onChange={(source) => onChange(source === "word" ? "0x68000001000bc3" : { result: 0, apply: [] })}
      />
      {word ? (
        <TextField label="Word" path={path} value={value ?? ""} onChange={onChange} />
      ) : (
        <>
          <NumberField
            label="Of call"
            path={`${path}.result`}
            value={value.result + 1}
            onChange={(call) => onChange({ ...value, result: (call ?? 0) - 1 })}
          />
          <HelpersField
            path={`${path}.apply`}
            value={value.apply ?? []}
            known={helpers}
            onChange={(apply) => onChange({ ...value, apply })}
          />
        </>
      )}
    </>
  );
}

/** The helpers that change the result, in order. */
function HelpersField({
  path,
  value,
  known,
  onChange,
}: {
  path: string;
  value: readonly PteHelper[];
  known: readonly PteHelper[];
  onChange: (value: PteHelper[]) => void;
}) {
  const options = [["", "add a helper…"] as const, ...known.map((name) => [name, name] as const)];
  return (
    <div className={styles.helpers}>
      {value.length > 0 && (
        <ol aria-label="Helpers">
          {value.map((name, n) => (
            <li key={n} data-row="">
              {name}
              <RemoveButton what={`helper ${n + 1}, ${name}`} onRemove={() => onChange(value.filter((_, other) => other !== n))} />
            </li>
          ))}
        </ol>
      )}
      <SelectField
        label={value.length > 0 ? "Then" : "Changed by"}
        path={path}
        value=""
        options={options}
        onChange={(name) => name !== "" && onChange([...value, name])}
      />
    </div>
  );
}
