/** The few kinds of field the editor is made of. Each knows its place in the document and shows the problem that names it. */
import { createContext, useContext, useId } from "react";
import type { Problem } from "../../engine/protocol.ts";
import { WholeNumberInput } from "../shared/WholeNumberInput.tsx";
import styles from "./fields.module.css";
import { handFocusOn } from "./rows.ts";

const ProblemContext = createContext<Problem | undefined>(undefined);
export const ProblemProvider = ProblemContext.Provider;

interface FieldProps<T> {
  readonly label: string;
  /** Where the value stands in the document. */
  readonly path: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

interface FieldProblemView {
  readonly wrong: boolean;
  readonly sentence: string;
}

/** A field shows what is wrong with its value, or with a part of it. @param part names a part, by its path from the field's own */
function useFieldProblem(path: string, part: (rest: string) => string = () => ""): FieldProblemView {
  const problem = useContext(ProblemContext);
  if (problem === undefined || (problem.path !== path && !problem.path.startsWith(`${path}.`))) return { wrong: false, sentence: "" };
  const of = part(problem.path.slice(path.length + 1));
  return { wrong: true, sentence: of === "" ? `Should be ${problem.expected}.` : `${of} should be ${problem.expected}.` };
}

interface FieldFrame {
  readonly label: string;
  readonly path: string;
  readonly wide?: boolean;
  readonly part?: (rest: string) => string;
  readonly children: (props: { id: string; "aria-invalid": boolean; "aria-describedby": string }) => React.ReactNode;
}

export function Field({ label, path, wide = false, part, children }: FieldFrame) {
  const id = useId();
  const { wrong, sentence } = useFieldProblem(path, part);
  return (
    <div className={`${styles.field} ${wide ? styles.wide : ""}`}>
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-invalid": wrong, "aria-describedby": `${id}-problem` })}
      <span id={`${id}-problem`} className={styles.problem}>
        {sentence}
      </span>
    </div>
  );
}

/** A problem of this very place, which is no single field. */
export function PlaceProblem({ path }: { path: string }) {
  const problem = useContext(ProblemContext);
  return <span className={styles.problem}>{problem?.path === path && `Should be ${problem.expected}.`}</span>;
}

export function TextField({ value, onChange, wide = false, ...field }: FieldProps<string> & { readonly wide?: boolean }) {
  return (
    <Field {...field} wide={wide}>
      {(props) => <input {...props} type="text" spellCheck={false} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

/** Empty stands for "left out". */
export function NumberField({ value, onChange, ...field }: FieldProps<number | undefined>) {
  return (
    <Field {...field}>
      {(props) => (
        <WholeNumberInput
          {...props}
          className={styles.number}
          value={value ?? ""}
          onText={(text) => onChange(text === "" ? undefined : Number(text))}
        />
      )}
    </Field>
  );
}

type Option<T> = readonly [value: T, text: string, group?: string];

export function SelectField<T extends string | number>({
  value,
  onChange,
  options,
  ...field
}: FieldProps<T> & { readonly options: readonly Option<T>[] }) {
  const groups = [...new Set(options.map(([, , group]) => group))];
  return (
    <Field {...field}>
      {(props) => (
        <select
          {...props}
          value={String(value)}
          onChange={(event) => {
            const chosen = options.find(([option]) => String(option) === event.target.value);
            if (chosen !== undefined) onChange(chosen[0]);
          }}
        >
          {groups.map((group) => {
            const members = options
              .filter(([, , of]) => of === group)
              .map(([option, text]) => (
                <option key={String(option)} value={String(option)}>
                  {text}
                </option>
              ));
            return group === undefined ? (
              members
            ) : (
              <optgroup key={group} label={group}>
                {members}
              </optgroup>
            );
          })}
        </select>
      )}
    </Field>
  );
}

export function CheckGroup<T extends string>({
  label,
  path,
  options,
  value,
  onChange,
}: {
  label: string;
  path: string;
  options: readonly T[];
  value: readonly T[];
  onChange: (value: T[]) => void;
}) {
  const id = useId();
  const { wrong, sentence } = useFieldProblem(path, (rest) => value[Number(rest)] ?? "");
  return (
    <fieldset className={`${styles.checks} ${wrong ? styles.wrong : ""}`} aria-describedby={id}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option}>
          <input
            type="checkbox"
            checked={value.includes(option)}
            onChange={(event) => onChange(event.target.checked ? [...value, option] : value.filter((v) => v !== option))}
          />
          {option}
        </label>
      ))}
      <span id={id} className={styles.problem}>
        {sentence}
      </span>
    </fieldset>
  );
}

/**
 * A row that can be moved and taken away.
 *
 * @param part whether it is but the first line of what goes, which is a row of its own
 */
export function ListRow({
  what,
  onRemove,
  onUp,
  part = false,
  children,
}: {
  what: string;
  onRemove: () => void;
  onUp?: (() => void) | undefined;
  part?: boolean;
  children: React.ReactNode;
}) {
  return (
    <li className={styles.row} aria-label={what} data-row={part ? undefined : ""}>
      {children}
      <span className={styles.rowButtons}>
        {onUp && (
          <button type="button" onClick={onUp} aria-label={`Move ${what} up`}>
            ↑
          </button>
        )}
        <RemoveButton what={what} onRemove={onRemove} />
      </span>
    </li>
  );
}

export function RemoveButton({ what, onRemove }: { what: string; onRemove: () => void }) {
  return (
    <button
      type="button"
      data-remove=""
      aria-label={`Remove ${what}`}
      onClick={({ currentTarget }) => {
        handFocusOn(currentTarget);
        onRemove();
      }}
    >
      ✕
    </button>
  );
}
