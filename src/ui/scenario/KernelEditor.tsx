import type { Catalogue, ScenarioDocument, Shelf } from "../../engine/protocol.ts";
import { VariantCardView } from "../shared/VariantCardView.tsx";
import { unusedIfNamed } from "../shared/variantUse.ts";
import { PlaceProblem, SelectField } from "./fields.tsx";
import styles from "./KernelEditor.module.css";
import group from "./ScenarioEditor.module.css";

type KernelDocument = NonNullable<ScenarioDocument["kernel"]>;

interface Props {
  readonly kernel: KernelDocument | undefined;
  readonly machine: ScenarioDocument["machine"];
  readonly catalogue: Catalogue;
  readonly onChange: (kernel: KernelDocument | undefined) => void;
}

const SHELVES: readonly (readonly [shelf: Shelf, title: string])[] = [
  ["thread", "What the mail thread weighed"],
  ["history", "Earlier and later kernels"],
  ["mistake", "Deliberate mistakes"],
];

/** Which kernel's code runs, and what is changed in it. */
export function KernelEditor({ kernel = {}, machine, catalogue, onChange }: Props) {
  const { profile = "6.12", variants = [] } = kernel;
  const change = (part: KernelDocument): void => onChange(without({ ...kernel, ...part }));
  const profiles = catalogue.profiles.map(({ id, about }) => [id, `${id}: ${about}`] as const);

  return (
    <fieldset className={group.group}>
      <legend>Kernel</legend>
      <SelectField label="Linux" path="kernel.profile" value={profile} options={profiles} onChange={(id) => change({ profile: id })} />
      {SHELVES.map(([shelf, title]) => {
        const cards = catalogue.variants.filter((card) => card.shelf === shelf);
        const chosen = cards.filter(({ id }) => variants.includes(id)).length;
        return (
          <details key={shelf} className={styles.shelf} open={chosen > 0}>
            <summary>
              {title} {chosen > 0 && <span className={styles.chosen}>({chosen} chosen)</span>}
            </summary>
            <ul className={styles.cards}>
              {cards.map((card) => (
                <li key={card.id}>
                  <label className={styles.choice}>
                    <input
                      type="checkbox"
                      checked={variants.includes(card.id)}
                      onChange={(event) =>
                        change({ variants: event.target.checked ? [...variants, card.id] : variants.filter((id) => id !== card.id) })
                      }
                    />
                    <VariantCardView card={card} unused={unusedIfNamed(card, { kernel, machine }, catalogue)} />
                  </label>
                  {variants.includes(card.id) && <PlaceProblem path={`kernel.variants.${variants.indexOf(card.id)}`} />}
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </fieldset>
  );
}

/** The default is left out of the document. */
function without({ profile, variants }: KernelDocument): KernelDocument | undefined {
  const own = { ...(profile !== undefined && profile !== "6.12" && { profile }), ...(variants?.length && { variants }) };
  return Object.keys(own).length > 0 ? own : undefined;
}
