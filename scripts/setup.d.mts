/** The one thing the TypeScript configuration files ask of setup.mjs. */
export function findChromium(): string | undefined;
