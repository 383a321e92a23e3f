import type { Catalogue, ScenarioDocument } from "../../engine/protocol.ts";
import { type KernelDocument, shortest } from "../shared/kernels.ts";
import { VariantShelves } from "../shared/VariantShelves.tsx";
import { PlaceProblem, SelectField } from "./fields.tsx";
import group from "./ScenarioEditor.module.css";

interface Props {
  readonly kernel: KernelDocument | undefined;
  readonly machine: ScenarioDocument["machine"];
  readonly catalogue: Catalogue;
  readonly onChange: (kernel: KernelDocument | undefined) => void;
}

/** Which kernel's code runs, and what is changed in it. */
export function KernelEditor({ kernel = {}, machine, catalogue, onChange }: Props) {
  const { profile = "6.12" } = kernel;
  const change = (part: KernelDocument): void => onChange(shortest({ ...kernel, ...part }));
  const profiles = catalogue.profiles.map(({ id, about }) => [id, `${id}: ${about}`] as const);

  return (
    <fieldset className={group.group}>
      <legend>Kernel</legend>
      <SelectField label="Linux" path="kernel.profile" value={profile} options={profiles} onChange={(id) => change({ profile: id })} />
      <VariantShelves
        setting={{ kernel, machine }}
        catalogue={catalogue}
        onChange={(variants) => change({ variants })}
        problemOf={(position) => <PlaceProblem path={`kernel.variants.${position}`} />}
      />
    </fieldset>
  );
}
