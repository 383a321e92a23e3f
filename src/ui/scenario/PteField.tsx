import { useState } from "react";
import type { ScenarioDocument } from "../../engine/protocol.ts";
import { NumberField, SelectField, TextField } from "./fields.tsx";

type KernelActor = Extract<ScenarioDocument["actors"][number], { kind: "kernel" }>;
export type PteDocument = NonNullable<KernelActor["calls"][number]["pte"]>;
type Apply = NonNullable<Exclude<PteDocument, string>["apply"]>;

const SOURCES = [
  ["word", "a word"],
  ["result", "an earlier result"],
] as const;

/** The value a setter stores: a word, or what an earlier call returned, changed by pte helpers. */
export function PteField({
  path,
  value,
  onChange,
}: {
  path: string;
  value: PteDocument | undefined;
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
          <HelpersField path={`${path}.apply`} value={value.apply ?? []} onChange={(apply) => onChange({ ...value, apply })} />
        </>
      )}
    </>
  );
}

/** Keeps the text as typed: a comma is the beginning of the next name. */
function HelpersField({ path, value, onChange }: { path: string; value: Apply; onChange: (value: Apply) => void }) {
  const [text, setText] = useState(value.join(", "));
  return (
    <TextField
      label="Helpers (mkold, wrprotect, …)"
      path={path}
      value={text}
      onChange={(typed) => {
        setText(typed);
        onChange(helpersOf(typed));
      }}
    />
  );
}

/** Whatever the person types: the engine says which name is none. */
const helpersOf = (text: string): Apply => text.split(/[\s,]+/).filter((name) => name !== "") as Apply;
