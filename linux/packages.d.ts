/** The parts used of the packages in linux/package.json, so that the project type-checks where they are not installed. */
declare module "@yowasp/clang" {
  export interface Tree {
    [name: string]: Tree | string | Uint8Array;
  }
  export interface RunOptions {
    stdout?: (bytes: Uint8Array | null) => void;
    stderr?: (bytes: Uint8Array | null) => void;
    fetchProgress?: () => void;
  }
  /** @param args null only loads */
  type Run = (args: string[] | null, files?: Tree, options?: RunOptions) => Promise<Tree> | Tree | undefined;
  export const runClang: Run;
  export const runLLVM: Run;
}

declare module "binaryen" {
  export interface Module {
    setFeatures(features: number): void;
    runPasses(passes: readonly string[]): void;
    optimize(): void;
    emitBinary(): Uint8Array;
    dispose(): void;
  }
  const binaryen: {
    Features: Readonly<Record<string, number>>;
    readBinary(bytes: Uint8Array): Module;
    setOptimizeLevel(level: number): void;
    setPassArgument(name: string, value: string | null): void;
  };
  export default binaryen;
}
