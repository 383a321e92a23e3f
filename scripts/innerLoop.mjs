/**
 * Compiles the inner loop of the search (src/engine/explore/inner) to WebAssembly. The
 * source is TypeScript that AssemblyScript reads as well; only its memory is another
 * file there.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

const folder = join(root, "src/engine/explore/inner");
const cache = join(root, "node_modules/.cache/contpte-lab");
const HEAP = "compiled/heap.ts";

const OPTIONS = "-O3 --noAssert --runtime stub --importMemory --initialMemory 64 --maximumMemory 32767 --noColors".split(" ");

/** @returns the module's bytes, compiled anew only if the source has changed */
export async function innerLoopBytes() {
  const names = [...readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts")), HEAP];
  const sources = new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  const digest = createHash("sha256")
    .update(JSON.stringify([OPTIONS, ...sources]))
    .digest("hex");
  const file = join(cache, `innerLoop-${digest.slice(0, 16)}.wasm`);
  try {
    return readFileSync(file);
  } catch {
    const bytes = await compile(sources);
    mkdirSync(cache, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, bytes);
    renameSync(`${file}.${process.pid}`, file);
    return bytes;
  }
}

async function compile(sources) {
  const { default: asc } = await import("assemblyscript/asc");
  let bytes;
  const { error, stderr } = await asc.main(["loop.ts", "--outFile", "loop.wasm", ...OPTIONS], {
    // The compiler adds an ending to names that have one.
    readFile: (name) => {
      const file = name.replace(/(\.ts)+$/, ".ts");
      return sources.get(file === "heap.ts" ? HEAP : file) ?? null;
    },
    writeFile: (name, content) => {
      if (name === "loop.wasm") bytes = content;
    },
    listFiles: () => [],
  });
  if (error !== null || bytes === undefined) throw new Error(`the inner loop does not compile:\n${stderr}`);
  return bytes;
}

/** For Vite: `virtual:inner-loop` is the module's bytes in base64. */
export const innerLoopPlugin = {
  name: "inner-loop",
  resolveId: (id) => (id === "virtual:inner-loop" ? "\0inner-loop" : undefined),
  async load(id) {
    if (id !== "\0inner-loop") return undefined;
    const bytes = await innerLoopBytes();
    return `export default ${JSON.stringify(Buffer.from(bytes).toString("base64"))};`;
  },
};
