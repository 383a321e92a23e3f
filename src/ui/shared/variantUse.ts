/** Whether a kernel uses a variant: what a profile brings may not suit the machine, or give way to what is named. */
import type { Catalogue, ScenarioDocument, VariantCard } from "../../engine/protocol.ts";

/** Why a variant does nothing, or not all that it could. */
export interface Unused {
  readonly wholly: boolean;
  readonly why: string;
}

type Setting = Pick<ScenarioDocument, "kernel" | "machine">;

/** Of a variant that the profile brings. */
export function unusedOfProfile(card: VariantCard, { kernel = {}, machine }: Setting, catalogue: Catalogue): Unused | undefined {
  const { variants = [] } = kernel;
  if (!suits(card, machine)) return { wholly: true, why: `not used: needs bbm ${card.bbm}` };
  const rivals = catalogue.variants.filter(({ id, slots }) => variants.includes(id) && slots.some((slot) => card.slots.includes(slot)));
  if (rivals.length === 0) return undefined;
  const wholly = card.slots.every((slot) => rivals.some(({ slots }) => slots.includes(slot)));
  return { wholly, why: `${wholly ? "" : "in part "}replaced by ${rivals.map(({ id }) => id).join(", ")}` };
}

/** Of a variant that is named, or may be. */
export function unusedIfNamed(card: VariantCard, { kernel = {}, machine }: Setting, catalogue: Catalogue): Unused | undefined {
  const { profile: id = "6.12" } = kernel;
  const profile = catalogue.profiles.find((known) => known.id === id);
  if (!suits(card, machine)) return { wholly: true, why: `needs bbm ${card.bbm}` };
  if (profile?.variants.includes(card.id)) return { wholly: true, why: `already part of ${id}` };
  if (card.call !== undefined && profile?.lacks.includes(card.call)) return { wholly: true, why: `${id} has no ${card.call}` };
  return undefined;
}

const suits = ({ bbm }: VariantCard, machine: Setting["machine"]): boolean => bbm === undefined || bbm === (machine.bbm ?? 0);
