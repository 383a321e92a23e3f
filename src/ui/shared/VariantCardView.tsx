import type { VariantCard } from "../../engine/protocol.ts";
import styles from "./VariantCardView.module.css";
import type { Unused } from "./variantUse.ts";

/** What a variant changes, where it comes from, and why it has no effect where that is so. */
export function VariantCardView({ card, unused }: { card: VariantCard; unused?: Unused | undefined }) {
  const Name = unused?.wholly ? "s" : "span";
  return (
    <span className={styles.card}>
      <span>
        <code className={styles.id}>
          <Name>{card.id}</Name>
        </code>{" "}
        {unused && <span className={styles.unused}>{unused.why}</span>}
      </span>
      <span className={styles.what}>{card.what}</span>
      <span className={styles.origin}>
        {card.who}. <cite>{card.where}</cite>
      </span>
    </span>
  );
}
