import type { ReactNode } from "react";
import type { Catalogue, ScenarioDocument, Shelf } from "../../engine/protocol.ts";
import { VariantCardView } from "./VariantCardView.tsx";
import styles from "./VariantShelves.module.css";
import { unusedIfNamed } from "./variantUse.ts";

interface Props {
  /** What says which kernel and machine they are for, and which are named. */
  readonly setting: Pick<ScenarioDocument, "kernel" | "machine">;
  readonly catalogue: Catalogue;
  readonly onChange: (variants: string[]) => void;
  /** What there is to say of one that is named, by its place among those. */
  readonly problemOf?: (position: number) => ReactNode;
}

const SHELVES: readonly (readonly [shelf: Shelf, title: string])[] = [
  ["thread", "What the mail thread weighed"],
  ["history", "Earlier and later kernels"],
  ["mistake", "Deliberate mistakes"],
];

/** Every variant, to be named or not. */
export function VariantShelves({ setting, catalogue, onChange, problemOf }: Props) {
  const { variants = [] } = setting.kernel ?? {};
  return SHELVES.map(([shelf, title]) => {
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
                  onChange={(event) => onChange(event.target.checked ? [...variants, card.id] : variants.filter((id) => id !== card.id))}
                />
                <VariantCardView card={card} unused={unusedIfNamed(card, setting, catalogue)} />
              </label>
              {variants.includes(card.id) && problemOf?.(variants.indexOf(card.id))}
            </li>
          ))}
        </ul>
      </details>
    );
  });
}
