import { useQuery } from "@tanstack/react-query";
import { type Catalogue, problemSentence, type ScenarioDocument, type SideName } from "../../../engine/protocol.ts";
import { type KernelDocument, shortest, withKernel } from "../../shared/kernels.ts";
import { VariantShelves } from "../../shared/VariantShelves.tsx";
import { useLab } from "../../store/LabContext.tsx";
import { count } from "../format.ts";
import styles from "./Compare.module.css";
import { checkQuery } from "./comparer.ts";
import { SIDE_WORDS } from "./compareText.ts";

interface Props {
  readonly side: SideName;
  readonly kernel: KernelDocument | undefined;
  /** The scenario that it is to run. */
  readonly document: ScenarioDocument;
  readonly catalogue: Catalogue;
  readonly onChange: (kernel: KernelDocument | undefined) => void;
}

/** One of the two kernels: a profile, and variants of it. The engine says what is wrong with it. */
export function KernelPicker({ side, kernel = {}, document, catalogue, onChange }: Props) {
  const { client } = useLab();
  const { profile = "6.12", variants = [] } = kernel;
  const { data } = useQuery(checkQuery(client, withKernel(document, shortest(kernel))));
  const problem = data?.ok === false ? data.problem : undefined;
  const problemId = `compare-${side}-problem`;
  return (
    <fieldset className={styles.picker}>
      <legend>{SIDE_WORDS[side]}</legend>
      <label className={styles.profile}>
        Linux{" "}
        <select
          value={profile}
          aria-invalid={problem !== undefined}
          aria-describedby={problem && problemId}
          onChange={(event) => onChange(shortest({ ...kernel, profile: event.target.value }))}
        >
          {catalogue.profiles.map(({ id }) => (
            <option key={id}>{id}</option>
          ))}
        </select>
      </label>
      <details className={styles.variants}>
        <summary>{variants.length === 0 ? "No variants" : `${count(variants.length, "variant")}: ${variants.join(", ")}`}</summary>
        <VariantShelves
          setting={{ kernel, machine: document.machine }}
          catalogue={catalogue}
          onChange={(named) => onChange(shortest({ ...kernel, variants: named }))}
        />
      </details>
      {problem && (
        <p id={problemId} className={styles.problem}>
          {problemSentence({ ...problem, path: variantAt(variants, problem.path) ?? problem.path })}.
        </p>
      )}
    </fieldset>
  );
}

/** The variant that a path of the document names. */
function variantAt(variants: readonly string[], path: string): string | undefined {
  const [, position] = /^kernel\.variants\.(\d+)$/.exec(path) ?? [];
  return position === undefined ? undefined : variants[Number(position)];
}
