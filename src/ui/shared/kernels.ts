/** Kernels as documents name them. */
import type { ScenarioDocument } from "../../engine/protocol.ts";

export type KernelDocument = NonNullable<ScenarioDocument["kernel"]>;

const USUAL_PROFILE = "6.12";

/** All of it, however long. */
export const kernelText = ({ profile = USUAL_PROFILE, variants = [] }: KernelDocument = {}): string => [profile, ...variants].join(" + ");

export const sameKernel = (a: KernelDocument | undefined, b: KernelDocument | undefined): boolean => kernelText(a) === kernelText(b);

/** The default is left out. */
export function shortest({ profile, variants }: KernelDocument): KernelDocument | undefined {
  const own = { ...(profile !== undefined && profile !== USUAL_PROFILE && { profile }), ...(variants?.length && { variants }) };
  return Object.keys(own).length > 0 ? own : undefined;
}

/** The document with this kernel in the place of its own. */
export function withKernel({ kernel: _, ...rest }: ScenarioDocument, kernel: KernelDocument | undefined): ScenarioDocument {
  return kernel === undefined ? rest : { ...rest, kernel };
}
