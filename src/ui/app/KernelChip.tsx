import { Popover } from "radix-ui";
import type { Catalogue, ScenarioDocument } from "../../engine/protocol.ts";
import { VariantCardView } from "../shared/VariantCardView.tsx";
import styles from "./KernelChip.module.css";

/** Which kernel's code is running; opened, what is special about it. */
export function KernelChip({ kernel = {}, catalogue }: { kernel: ScenarioDocument["kernel"]; catalogue: Catalogue }) {
  const { profile = "6.12", variants = [] } = kernel;
  const known = catalogue.profiles.find(({ id }) => id === profile);
  const cards = (ids: readonly string[]) => catalogue.variants.filter(({ id }) => ids.includes(id));
  const named = cards(variants);
  const brought = cards(known?.variants ?? []).filter(({ id }) => !variants.includes(id));
  const [first, ...others] = named;
  return (
    <Popover.Root>
      <Popover.Trigger className={`${styles.chip} ${first ? styles.changed : ""}`}>
        Linux {profile}
        {first && ` + ${first.id}`}
        {others.length > 0 && ` + ${others.length}`}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles.content} align="start" sideOffset={4} collisionPadding={8} aria-label="The kernel">
          <p>
            <b>Linux {profile}</b>. {known?.about}
          </p>
          <Cards title="Changed for this scenario" cards={named} />
          <Cards title={`Different from 6.12.117`} cards={brought} />
          {named.length + brought.length === 0 && <p>Nothing is changed: the code is that of 6.12.117.</p>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Cards({ title, cards }: { title: string; cards: Catalogue["variants"] }) {
  if (cards.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {cards.map((card) => (
          <li key={card.id}>
            <VariantCardView card={card} />
          </li>
        ))}
      </ul>
    </>
  );
}
