import type { VariantCard } from "../../engine/protocol.ts";
import styles from "./VariantCardView.module.css";

/** What a variant changes, and where it comes from. */
export function VariantCardView({ card }: { card: VariantCard }) {
  return (
    <span className={styles.card}>
      <code className={styles.id}>{card.id}</code>
      <span className={styles.what}>{card.what}</span>
      <span className={styles.origin}>
        {card.who}. <cite>{card.where}</cite>
      </span>
    </span>
  );
}
