/** Clang, LLVM's symbolizer and Binaryen, from npm packages that are themselves WebAssembly. */
import { runClang, runLLVM, type Tree } from "@yowasp/clang";
import binaryen from "binaryen";
import type { CodePlace, Files, Toolchain } from "../src/engine/linux/toolchain.ts";

export const toolchain: Toolchain = {
  async compile(args, files) {
    const { collect, text } = collector();
    await load();
    try {
      const made = await runClang(["clang", ...args, "-o", "out.wasm"], treeOf(files), { stdout: collect, stderr: collect });
      const wasm = made?.["out.wasm"];
      if (wasm instanceof Uint8Array) return { ok: true, wasm };
    } catch (error) {
      if (text() === "") throw error;
    }
    return { ok: false, messages: text() };
  },

  makeSuspendable(wasm, imports) {
    const { Features } = binaryen;
    const module = binaryen.readBinary(wasm);
    // What Node 20 knows, and no more.
    const known = ["MutableGlobals", "SignExt", "BulkMemory", "NontrappingFPToInt", "Multivalue"];
    module.setFeatures(known.reduce((all, name) => all | (Features[name] ?? 0), 0));
    binaryen.setOptimizeLevel(1);
    binaryen.setPassArgument("asyncify-imports", imports.join(","));
    module.runPasses(["asyncify"]);
    module.optimize();
    const bytes = module.emitBinary();
    module.dispose();
    return bytes;
  },

  async callPlaces(wasm) {
    const { start, end } = codeSection(wasm);
    const offsets: number[] = [];
    // Any byte that looks like a call is taken for one: nobody will ask for the others.
    for (let at = start; at < end; at++) if (CALLS.includes(wasm[at] ?? 0)) offsets.push(at);
    if (offsets.length === 0) return new Map();
    await load();
    const { collect, text } = collector();
    // Debug information counts from the first byte of the section's content, stack traces from the first of the module.
    const addresses = offsets.map((offset) => `0x${(offset - start).toString(16)}`);
    await runLLVM(
      ["symbolizer", "--obj=code.wasm", "--inlines", "--functions=short", "--output-style=LLVM", ...addresses],
      { "code.wasm": wasm },
      { stdout: collect },
    );
    const blocks = text().trim().split("\n\n");
    return new Map(offsets.map((offset, n) => [offset, framesOf(blocks[n] ?? "")]));
  },
};

/** The instructions `call` and `call_indirect`. */
const CALLS: readonly number[] = [0x10, 0x11];

/** Loads LLVM without the package's own progress lines on standard output. */
const load = async (): Promise<void> => void (await runLLVM(null, {}, { fetchProgress: () => undefined }));

/** A function's name and a `file:line:column` by turns, innermost first. */
function framesOf(block: string): readonly CodePlace[] {
  const lines = block.split("\n");
  const frames: CodePlace[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [, file = "", line = "0"] = /^(.*):(\d+):\d+$/.exec(lines[at + 1] ?? "") ?? [];
    frames.push({ fn: lines[at] ?? "", file, line: Number(line) });
  }
  return frames;
}

function collector(): { readonly collect: (bytes: Uint8Array | null) => void; readonly text: () => string } {
  const decoder = new TextDecoder();
  let all = "";
  return {
    collect: (bytes) => {
      if (bytes !== null) all += decoder.decode(bytes, { stream: true });
    },
    text: () => all,
  };
}

function treeOf(files: Files): Tree {
  const tree: Tree = {};
  for (const [path, content] of Object.entries(files)) {
    const folders = path.split("/");
    const name = folders.pop() ?? "";
    let folder = tree;
    for (const each of folders) {
      const inner = (folder[each] ?? {}) as Tree;
      folder[each] = inner;
      folder = inner;
    }
    folder[name] = content;
  }
  return tree;
}

const CODE_SECTION = 10;

/** Where the code section's content is. */
function codeSection(wasm: Uint8Array): { readonly start: number; readonly end: number } {
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < wasm.length) {
    const id = wasm[at++];
    const size = number();
    if (id === CODE_SECTION) return { start: at, end: at + size };
    at += size;
  }
  throw new Error("the module has no code section");
}
