import type { ArgumentKind, Catalogue, ScenarioDocument } from "../../engine/protocol.ts";
import { ListRow, NumberField, PlaceProblem, SelectField, TextField } from "./fields.tsx";
import { PteField } from "./PteField.tsx";
import { movedUp, replaced, rowKey } from "./rows.ts";
import styles from "./ScenarioEditor.module.css";

type Actors = ScenarioDocument["actors"];
type Actor = Actors[number];
type KernelActor = Extract<Actor, { kind: "kernel" }>;
type MmuActor = Extract<Actor, { kind: "mmu" }>;
type Call = KernelActor["calls"][number];
type Access = MmuActor["accesses"][number];

interface Props {
  readonly actors: Actors;
  readonly catalogue: Catalogue;
  readonly onChange: (actors: Actors) => void;
}

export function ActorsEditor({ actors, catalogue, onChange }: Props) {
  const name = freeName(actors);
  return (
    <fieldset className={styles.group}>
      <legend>Actors</legend>
      <ol>
        {actors.map((actor, n) => {
          const change = (next: Actor): void => onChange(replaced(actors, n, next));
          const path = `actors.${n}`;
          return (
            <li key={rowKey(actor)} data-row="" className={styles.actor} aria-label={`actor ${n + 1}`}>
              <ol>
                <ListRow part what={`actor ${actor.name ?? `CPU${n}`}`} onRemove={() => onChange(replaced(actors, n, undefined))}>
                  <TextField
                    label={actor.kind === "mmu" ? "MMU of" : "Kernel on"}
                    path={`${path}.name`}
                    value={actor.name ?? `CPU${n}`}
                    onChange={(text) => change({ ...actor, name: text })}
                  />
                </ListRow>
                {actor.kind === "kernel" ? (
                  <Calls actor={actor} path={path} catalogue={catalogue} onChange={change} />
                ) : (
                  <Accesses actor={actor} path={path} onChange={change} />
                )}
              </ol>
            </li>
          );
        })}
      </ol>
      <div className={styles.add}>
        <PlaceProblem path="actors" />
        <button
          type="button"
          onClick={() => onChange([...actors, { name, kind: "kernel", calls: [{ fn: "ptep_get_lockless", index: 0 }] }])}
        >
          Add a kernel CPU
        </button>
        <button type="button" onClick={() => onChange([...actors, { name, kind: "mmu", accesses: [{ rw: "write", index: 0 }] }])}>
          Add an MMU
        </button>
      </div>
    </fieldset>
  );
}

/** A name that no actor has, those included that go by their number. */
function freeName(actors: Actors): string {
  const taken = new Set(actors.map(({ name }, n) => name ?? `CPU${n}`));
  const names = Array.from({ length: actors.length + 1 }, (_, n) => `CPU${n}`);
  return names.findLast((name) => !taken.has(name)) ?? `CPU${actors.length}`;
}

const LAYERS = { api: "Entries, flushes and the lock", mm: "Core mm, which uses them" } as const;

function Calls({
  actor,
  path,
  catalogue,
  onChange,
}: {
  actor: KernelActor;
  path: string;
  catalogue: Catalogue;
  onChange: (actor: KernelActor) => void;
}) {
  const { calls } = actor;
  const options = catalogue.calls.map(({ fn, layer }) => [fn, fn, LAYERS[layer]] as const);
  const setCalls = (next: Call[]): void => onChange({ ...actor, calls: next });
  return (
    <>
      {calls.map((call, n) => {
        const at = `${path}.calls.${n}`;
        const spec = catalogue.calls.find(({ fn }) => fn === call.fn);
        const change = (next: Call): void => setCalls(replaced(calls, n, next));
        return (
          <ListRow
            key={rowKey(call)}
            what={`call ${n + 1}`}
            onRemove={() => setCalls(replaced(calls, n, undefined))}
            onUp={n > 0 ? () => setCalls(movedUp(calls, n)) : undefined}
          >
            <SelectField
              label={`Call ${n + 1}`}
              path={`${at}.fn`}
              value={call.fn}
              options={options}
              onChange={(fn) => change(callOf(fn, call, catalogue))}
            />
            {spec && <p className={styles.about}>{spec.about}</p>}
            {spec?.args.map((arg) => (
              <Argument
                key={arg}
                arg={arg}
                path={`${at}.${arg}`}
                call={call}
                catalogue={catalogue}
                onChange={(part) => change({ ...call, ...part })}
              />
            ))}
          </ListRow>
        );
      })}
      <li className={styles.add}>
        <PlaceProblem path={`${path}.calls`} />
        <button type="button" onClick={() => setCalls([...calls, { fn: "ptep_get", index: 0 }])}>
          Add a call
        </button>
      </li>
    </>
  );
}

const FLAGS = [
  [1, "young"],
  [2, "dirty"],
  [3, "young and dirty"],
] as const;

const PROTS = [
  ["rw", "read and write"],
  ["ro", "read only"],
  ["none", "none"],
] as const;
const YES_NO = [
  ["false", "no"],
  ["true", "yes"],
] as const;

interface ArgumentProps {
  readonly arg: ArgumentKind;
  readonly path: string;
  readonly call: Call;
  readonly catalogue: Catalogue;
  readonly onChange: (part: Partial<Call>) => void;
}

function Argument({ arg, path, call, catalogue, onChange }: ArgumentProps) {
  switch (arg) {
    case "index":
      return <NumberField label="Entry" path={path} value={call.index} onChange={(index) => onChange({ index: index ?? 0 })} />;
    case "nr":
      return <NumberField label="How many" path={path} value={call.nr} onChange={(nr) => onChange({ nr: nr ?? 0 })} />;
    case "pte":
      return <PteField path={path} value={call.pte} helpers={catalogue.helpers} onChange={(pte) => onChange({ pte })} />;
    case "flags":
      return <SelectField label="Clears" path={path} value={call.flags ?? 3} options={FLAGS} onChange={(flags) => onChange({ flags })} />;
    case "type":
      return <NumberField label="Swap area" path={path} value={call.type} onChange={(type) => onChange({ type: type ?? 0 })} />;
    case "prot":
      return (
        <SelectField label="Protection" path={path} value={call.prot ?? "ro"} options={PROTS} onChange={(prot) => onChange({ prot })} />
      );
    case "full":
    case "dirty":
    case "write":
      return (
        <SelectField
          label={arg}
          path={path}
          value={`${call[arg] ?? false}`}
          options={YES_NO}
          onChange={(yes) => onChange({ [arg]: yes === "true" })}
        />
      );
    default:
      return arg satisfies never;
  }
}

const FIRST_ARGUMENTS = {
  index: 0,
  nr: 1,
  pte: "0x68000001000bc3",
  flags: 3,
  full: false,
  dirty: true,
  write: true,
  type: 0,
  prot: "ro",
} as const satisfies Required<Omit<Call, "fn">>;

/** A call of another function, keeping the arguments both have. */
function callOf(fn: string, old: Call, catalogue: Catalogue): Call {
  const args = catalogue.calls.find((spec) => spec.fn === fn)?.args ?? [];
  return { fn, ...Object.fromEntries(args.map((arg) => [arg, old[arg] ?? FIRST_ARGUMENTS[arg]])) };
}

const RWS = [
  ["read", "read"],
  ["write", "write"],
  ["any", "read or write (a choice)"],
  ["speculate", "speculate"],
  ["evict", "evict"],
] as const;

const WHERE = [
  ["one", "page"],
  ["any", "any valid page (a choice)"],
] as const;

function Accesses({ actor, path, onChange }: { actor: MmuActor; path: string; onChange: (actor: MmuActor) => void }) {
  const { accesses } = actor;
  const setAccesses = (next: Access[]): void => onChange({ ...actor, accesses: next });
  return (
    <>
      {accesses.map((access, n) => {
        const at = `${path}.accesses.${n}`;
        const change = (part: Partial<Access>): void => setAccesses(replaced(accesses, n, { ...access, ...part }));
        const { index } = access;
        return (
          <ListRow
            key={rowKey(access)}
            what={`access ${n + 1}`}
            onRemove={() => setAccesses(replaced(accesses, n, undefined))}
            onUp={n > 0 ? () => setAccesses(movedUp(accesses, n)) : undefined}
          >
            <SelectField label={`Access ${n + 1}`} path={`${at}.rw`} value={access.rw} options={RWS} onChange={(rw) => change({ rw })} />
            <SelectField
              label="Where"
              path={`${at}.where`}
              value={index === "any" ? "any" : "one"}
              options={WHERE}
              onChange={(where) => change({ index: where === "any" ? "any" : 0 })}
            />
            {index !== "any" && (
              <NumberField label="Page" path={`${at}.index`} value={index} onChange={(value) => change({ index: value ?? 0 })} />
            )}
          </ListRow>
        );
      })}
      <li className={styles.add}>
        <PlaceProblem path={`${path}.accesses`} />
        <button type="button" onClick={() => setAccesses([...accesses, { rw: "read", index: 0 }])}>
          Add an access
        </button>
      </li>
    </>
  );
}
