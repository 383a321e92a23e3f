/** What TypeScript asks of setup.mjs. */
export class SetupProblem extends Error {}
export const root: string;
export function findChromium(): string | undefined;
export function findFirefox(): string | undefined;
export function findFfmpeg(): string | undefined;
export function installChromium(): void;
export function installFfmpeg(): void;
export function installDependencies(folder?: string, what?: string, tell?: (sentence: string) => void): void;
