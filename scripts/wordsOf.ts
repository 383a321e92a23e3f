/** The words after a command, read; or a sentence about what is wrong with them. */
import { type ParseArgsConfig, parseArgs } from "node:util";

export function wordsOf<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> | string {
  try {
    return parseArgs(config);
  } catch (error) {
    // The first sentence says what is wrong; those after it teach parseArgs.
    return `${(error instanceof Error ? error.message : String(error)).split(/\.\s/)[0]}.`;
  }
}
