import styles from "./ResultView.module.css";

export function FaultView({ message }: { message: string }) {
  return (
    <section className={`${styles.verdict} ${styles.fault}`} aria-label="Verdict" role="alert">
      <p className={styles.headline}>
        <span aria-hidden="true" className={styles.alarm}>
          !
        </span>
        The engine failed, which is a bug of this page.
      </p>
      <p>{message}</p>
    </section>
  );
}
