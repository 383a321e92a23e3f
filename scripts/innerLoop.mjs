/**
 * Compiles the inner loop of the search (src/engine/explore/inner) to WebAssembly. The
 * source is TypeScript that AssemblyScript reads as well; only its memory is another
 * file there.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../src/engine/explore/inner");
const ENTRY = "loop.ts";

/** A compiler of its own reads names without their ending, and heap.ts is exchanged. */
function read(name) {
  const file = name.replace(/(\.ts)+$/, ".ts");
  try {
    return readFileSync(join(folder, file === "heap.ts" ? "compiled/heap.ts" : file), "utf8");
  } catch {
    return null;
  }
}

/** @returns the module's bytes */
export async function compileInnerLoop() {
  let bytes;
  const { error, stderr } = await asc.main(
    [
      ENTRY,
      "--outFile",
      "loop.wasm",
      "-O3",
      "--noAssert",
      "--runtime",
      "stub",
      "--importMemory",
      "--initialMemory",
      "64",
      "--maximumMemory",
      "32767",
      "--noColors",
      ...(process.env.DBG ? ["--debug"] : []),
    ],
    {
      readFile: read,
      writeFile: (name, content) => {
        if (name === "loop.wasm") bytes = content;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || bytes === undefined) throw new Error(`the inner loop does not compile:\n${stderr}`);
  return bytes;
}
