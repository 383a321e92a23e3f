/** The few kinds of field the editor is made of. Each knows its place in the document and shows the problem that names it. */
import { createContext, useContext, useId } from "react";
import type { Problem } from "../../engine/protocol.ts";
import styles from "./fields.module.css";

const ProblemContext = createContext<Problem | undefined>(undefined);
export const ProblemProvider = ProblemContext.Provider;

interface FieldProps<T> {
  readonly label: string;
  /** Where the value stands in the document. */
  readonly path: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function useFieldProblem(path: string): { readonly wrong: boolean; readonly expected: string } {
  const problem = useContext(ProblemContext);
  const wrong = problem?.path === path;
  return { wrong, expected: wrong ? problem.expected : "" };
}

function Field({
  label,
  path,
  wide = false,
  children,
}: {
  label: string;
  path: string;
  wide?: boolean;
  children: (props: { id: string; "aria-invalid": boolean; "aria-describedby": string }) => React.ReactNode;
}) {
  const id = useId();
  const { wrong, expected } = useFieldProblem(path);
  return (
    <div className={`${styles.field} ${wide ? styles.wide : ""}`}>
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-invalid": wrong, "aria-describedby": `${id}-problem` })}
      <span id={`${id}-problem`} className={styles.problem}>
        {wrong && `Should be ${expected}.`}
      </span>
    </div>
  );
}

/** A problem that belongs to no single field. */
export function FieldProblem({ path }: { path: string }) {
  const { wrong, expected } = useFieldProblem(path);
  return <span className={styles.problem}>{wrong && `Should be ${expected}.`}</span>;
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
        <input
          {...props}
          type="number"
          min={0}
          step={1}
          className={styles.number}
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value === "" ? undefined : Number(event.target.value))}
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
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly T[];
  value: readonly T[];
  onChange: (value: T[]) => void;
}) {
  return (
    <fieldset className={styles.checks}>
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
    </fieldset>
  );
}

/** Rows that can be added, moved and taken away. */
export function ListRow({
  what,
  onRemove,
  onUp,
  children,
}: {
  what: string;
  onRemove: () => void;
  onUp?: (() => void) | undefined;
  children: React.ReactNode;
}) {
  return (
    <li className={styles.row} aria-label={what}>
      {children}
      <span className={styles.rowButtons}>
        {onUp && (
          <button type="button" onClick={onUp} aria-label={`Move ${what} up`}>
            ↑
          </button>
        )}
        <button type="button" onClick={onRemove} aria-label={`Remove ${what}`}>
          ✕
        </button>
      </span>
    </li>
  );
}

/** A copy of a list with one item replaced, or taken away if the new one is undefined. */
export function replaced<T>(list: readonly T[], at: number, item: T | undefined): T[] {
  return list.flatMap((old, n) => (n !== at ? [old] : item === undefined ? [] : [item]));
}

export function movedUp<T>(list: readonly T[], at: number): T[] {
  const copy = [...list];
  const [item] = copy.splice(at, 1);
  if (item !== undefined) copy.splice(at - 1, 0, item);
  return copy;
}
