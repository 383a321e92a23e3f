import { Suspense } from "react";
import type { Catalogue, ScenarioDocument } from "../../engine/protocol.ts";
import { kernelText } from "../shared/kernels.ts";
import { Popover } from "../shared/Popover.tsx";
import styles from "./KernelChip.module.css";
import { KernelCard } from "./parts.ts";

/** Which kernel's code is running; opened, what is special about it. */
export function KernelChip({ document, catalogue }: { document: ScenarioDocument; catalogue: Catalogue }) {
  const { profile = "6.12", variants = [] } = document.kernel ?? {};
  const [first, ...others] = variants;
  return (
    <Popover
      face={
        <>
          Linux {profile}
          {first !== undefined && ` + ${first}`}
          {others.length > 0 && (
            <>
              {" "}
              <span className={styles.others}>+ {others.length}</span>
            </>
          )}
        </>
      }
      buttonClass={`${styles.chip} ${first === undefined ? "" : styles.changed}`}
      buttonTitle={others.length > 0 ? `Linux ${kernelText(document.kernel)}` : undefined}
      label="The kernel"
      className={styles.content}
    >
      <Suspense>
        <KernelCard document={document} catalogue={catalogue} />
      </Suspense>
    </Popover>
  );
}
