import type { Catalogue, ScenarioDocument, VariantCard } from "../../engine/protocol.ts";
import { VariantCardView } from "../shared/VariantCardView.tsx";
import { type Unused, unusedIfNamed, unusedOfProfile } from "../shared/variantUse.ts";
import styles from "./KernelCard.module.css";

/** What is special about the kernel whose code is running. */
export function KernelCard({ document, catalogue }: { document: ScenarioDocument; catalogue: Catalogue }) {
  const { profile = "6.12", variants = [] } = document.kernel ?? {};
  const known = catalogue.profiles.find(({ id }) => id === profile);
  const cards = (ids: readonly string[]) => catalogue.variants.filter(({ id }) => ids.includes(id));
  const named = cards(variants);
  const brought = cards(known?.variants ?? []).filter(({ id }) => !variants.includes(id));
  return (
    <div className={styles.card}>
      <p>
        <b>Linux {profile}</b>. {known?.about}
      </p>
      <Cards title="Changed for this scenario" cards={named} unused={(card) => unusedIfNamed(card, document, catalogue)} />
      <Cards title="Different from 6.12.117" cards={brought} unused={(card) => unusedOfProfile(card, document, catalogue)} />
      {named.length + brought.length === 0 && <p>Nothing is changed: the code is that of 6.12.117.</p>}
    </div>
  );
}

interface CardsProps {
  readonly title: string;
  readonly cards: Catalogue["variants"];
  readonly unused: (card: VariantCard) => Unused | undefined;
}

function Cards({ title, cards, unused }: CardsProps) {
  if (cards.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {cards.map((card) => (
          <li key={card.id}>
            <VariantCardView card={card} unused={unused(card)} />
          </li>
        ))}
      </ul>
    </>
  );
}
