import { useState } from "react";
import { grouped, inShort } from "./format.ts";
import styles from "./ResultView.module.css";

/** A number in short; all its digits when asked for, to be copied. */
export function ExactNumber({ decimal, name }: { decimal: string; name: string }) {
  const [isExact, setExact] = useState(false);
  const short = inShort(decimal);
  const exact = grouped(decimal);
  if (short === exact) return <data value={decimal}>{exact}</data>;
  return (
    <>
      <data value={decimal} data-tip={exact} className={isExact ? styles.exact : undefined}>
        {isExact ? exact : short}
      </data>{" "}
      <button
        type="button"
        className={styles.small}
        aria-pressed={isExact}
        aria-label={`All digits of ${name}`}
        onClick={() => setExact(!isExact)}
      >
        exact
      </button>
    </>
  );
}
