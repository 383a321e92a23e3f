/** Where things are, from the root of the project. */
import { fileURLToPath } from "node:url";

export const recordingFile = fileURLToPath(new URL("recorded/linux-6.12.json", import.meta.url));
