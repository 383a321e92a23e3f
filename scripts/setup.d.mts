/** What TypeScript asks of setup.mjs. */
export class SetupProblem extends Error {}
export function findChromium(): string | undefined;
export function findFirefox(): string | undefined;
export function installDependencies(folder?: string, what?: string, tell?: (sentence: string) => void): void;
