/** How large a scenario may be. */
export const LIMITS = {
  entries: 4096,
  actors: 16,
  callsPerActor: 1024,
  choices: 200_000,
  folios: 1024,
  /** Characters of JSON. */
  documentLength: 8 * 1024 * 1024,
} as const;
