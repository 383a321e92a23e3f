import type { PropertyReport } from "../../engine/protocol.ts";
import { useCatalogue } from "../store/LabContext.tsx";
import { count } from "./format.ts";
import { PlayButton } from "./PlayButton.tsx";
import styles from "./ResultView.module.css";
import { VerdictMark } from "./VerdictMark.tsx";
import { failedFirst } from "./verdict.ts";

export function PropertyList({ properties }: { properties: readonly PropertyReport[] }) {
  const catalogue = useCatalogue();
  const aboutOf = (id: string): string => catalogue?.properties.find((property) => property.id === id)?.about ?? "";
  return (
    <section className={styles.part} aria-labelledby="explorer-properties">
      <h3 id="explorer-properties">Properties</h3>
      <ul className={styles.findings}>
        {failedFirst(properties).map((property) => (
          <li key={property.id} className={styles.finding} aria-label={property.id}>
            <VerdictMark verdict={property.verdict} />
            <div className={styles.what}>
              <code>{property.id}</code>
              <p className={styles.about}>{aboutOf(property.id)}</p>
              {property.verdict === "violated" && <Failure property={property} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Failure({ property: { sentence, choices = [], easiest, step, entry, wrote } }: { property: PropertyReport }) {
  const steps = easiest && easiest.choices.length === choices.length ? "" : `, ${count(easiest?.choices.length ?? 0, "step")}`;
  return (
    <>
      <p className={styles.sentence}>{sentence}</p>
      <p className={styles.plays}>
        <PlayButton choices={choices}>
          <span aria-hidden="true">▶ </span>Play shortest ({count(choices.length, "step")})
        </PlayButton>
        {easiest && (
          <PlayButton choices={easiest.choices}>
            <span aria-hidden="true">▶ </span>Play with fewest switches ({easiest.switches}
            {steps})
          </PlayButton>
        )}
      </p>
      <p className={styles.places}>
        {entry !== undefined && <span>entry {entry}</span>}
        {wrote !== undefined && (
          <PlayButton choices={choices} at={wrote + 1} label={`Step ${wrote + 1} of the shortest wrote what matters`}>
            step {wrote + 1} wrote what matters
          </PlayButton>
        )}
        {step !== undefined && (
          <PlayButton choices={choices} at={step + 1} label={`Step ${step + 1} of the shortest failed`}>
            step {step + 1} failed
          </PlayButton>
        )}
      </p>
    </>
  );
}
