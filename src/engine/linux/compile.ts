/** Compiles a kernel tree's own page-table code to WebAssembly, for one granule. */
import type { Granule } from "../hardware/granule.ts";
import { type CFunction, functionIn } from "./slice.ts";
import { KERNEL_FILES, PAGE_TABLE_SLICES, SHIM_FILES, SLICES, WHOLE_FILES } from "./sources.ts";
import type { CallPlaces, Files, Toolchain } from "./toolchain.ts";

/** @returns the text of a file, or undefined if there is none */
export type ReadText = (path: string) => string | undefined;

export interface LinuxCode {
  readonly granule: Granule;
  /** Runs a call in one go: for finding places. */
  readonly plain: Uint8Array;
  /** Where in the tree the calls of `plain` stand. */
  readonly places: CallPlaces;
  /** The same code, able to stop at every operation. */
  readonly suspendable: Uint8Array;
  /** Why core mm is left out, in the compiler's words: it is that of another kernel than the shim is made for. */
  readonly withoutMm?: string;
}

/** Something about the tree or the machine that the reader can mend, in one sentence and perhaps the compiler's words. */
export class LinuxProblem extends Error {}

/** A file of the tree by the name that the compiler knows it by; undefined for ours. */
export const treePath = (name: string): string | undefined => /(?:^|\/)tree\/(.*)$/.exec(name)?.[1];

/** The imports at which a call stops, by their names in `shim/environment.h`. */
export const OPERATIONS = ["read", "write", "xchg", "cmpxchg", "tlbi", "lock", "unlock", "ref"] as const;

export async function compileLinux(tree: ReadText, shim: ReadText, granule: Granule, toolchain: Toolchain): Promise<LinuxCode> {
  const whole = await toolchain.compile(argumentsFor(granule), filesOf(tree, shim));
  const compiled = whole.ok ? whole : await toolchain.compile(argumentsFor(granule), filesOf(tree, shim, PAGE_TABLE_SLICES));
  if (!compiled.ok) throw new LinuxProblem(`This kernel tree does not compile:\n${compiled.messages.replaceAll("tree/", "")}`);
  const plain = compiled.wasm;
  return {
    granule,
    plain,
    places: inTree(await toolchain.callPlaces(plain)),
    suspendable: toolchain.makeSuspendable(
      plain,
      OPERATIONS.map((name) => `lab.${name}`),
    ),
    ...(!whole.ok && { withoutMm: whole.messages.replaceAll("tree/", "") }),
  };
}

/** What a compiler says first of all that it says. */
export const firstError = (messages: string): string => {
  const lines = messages.split("\n");
  return lines.find((line) => line.includes("error:")) ?? lines[0] ?? "";
};

/** The shim's own functions are left out. */
const inTree = (places: CallPlaces): CallPlaces =>
  new Map(
    [...places].flatMap(([offset, frames]) => {
      const ofTree = frames.flatMap(({ fn, file, line }) => {
        const path = treePath(file);
        return path === undefined ? [] : [{ fn, file: path, line }];
      });
      return ofTree.length === 0 ? [] : [[offset, ofTree] as const];
    }),
  );

/** Bytes for variables whose address is taken. */
export const STACK_SIZE = 16384;

export const argumentsFor = ({ pageShift, contPtes }: Granule): readonly string[] => [
  "--target=wasm32",
  "-std=gnu11",
  "-O1",
  "-g",
  "-ffreestanding",
  "-fno-builtin",
  "-nostdlib",
  // As the kernel is compiled: a null pointer may be counted up, and is then not null.
  "-fno-delete-null-pointer-checks",
  "-fno-strict-overflow",
  "-fno-strict-aliasing",
  // Two calls that are made one have no line of their own any more.
  "-mllvm",
  "-sink-common-insts=false",
  "-mllvm",
  "-enable-tail-merge=false",
  "-w",
  // A function that nothing stands in for becomes an import, which says so when it is called.
  "-Wno-implicit-function-declaration",
  "-Wno-int-conversion",
  "-fno-caret-diagnostics",
  // As on arm64; see widenLiterals for the literals.
  "-Dlong=long long",
  `-DPAGE_SHIFT=${pageShift}`,
  `-DCONFIG_ARM64_CONT_PTE_SHIFT=${Math.log2(contPtes)}`,
  "-Ishim",
  "-Itree",
  "-Itree/arch/arm64/include",
  "-I.",
  "-Iempty",
  "-Wl,--no-entry",
  "-Wl,--allow-undefined",
  "-Wl,--export=__stack_pointer",
  `-Wl,-z,stack-size=${STACK_SIZE}`,
  "shim/main.c",
];

/**
 * The virtual tree that the compiler sees: `tree/` and `slices/` from the kernel, `shim/` ours, `empty/` for what nobody needs.
 * @param slices the ones to take; the shim includes the others too, and finds them empty
 */
export function filesOf(tree: ReadText, shim: ReadText, slices = SLICES): Files {
  const kernel = new Map(KERNEL_FILES.map((path) => [path, tree(path)]));
  const files: Record<string, string> = {};
  for (const path of WHOLE_FILES) {
    const text = kernel.get(path);
    if (text === undefined) throw new LinuxProblem(`This kernel tree has no ${path}.`);
    files[`tree/${path}`] = prepared(text);
  }
  for (const path of SHIM_FILES) {
    const text = shim(path);
    if (text === undefined) throw new Error(`src/engine/linux/shim/${path} was not given`);
    files[`shim/${path}`] = text;
  }
  files["slices/have.h"] = "";
  for (const { into } of SLICES) files[`slices/${into}`] = "";
  for (const { file, functions, into, optional = false } of slices) {
    for (const names of functions) {
      const found = firstIn(kernel.get(file) ?? "", [names].flat());
      if (found === undefined && !optional)
        throw new LinuxProblem(`This kernel tree has no function ${[names].flat().join(" or ")} in ${file}.`);
      if (found === undefined) continue;
      files["slices/have.h"] += `#define HAVE_${found.name} 1\n`;
      files[`slices/${into}`] += `#line ${found.line} "tree/${file}"\n${prepared(found.text)}`;
    }
  }
  for (const name of missingHeaders(files)) files[`empty/${name}`] = "#include <environment.h>\n";
  return files;
}

/** The first of these functions that the file defines. */
function firstIn(source: string, names: readonly string[]): (CFunction & { readonly name: string }) | undefined {
  for (const name of names) {
    const found = functionIn(source, name);
    if (found !== undefined) return { ...found, name };
  }
  return undefined;
}

/** As one module of its own needs it: nothing is exported to others. */
const prepared = (text: string): string => widenLiterals(text).replace(/^EXPORT_\w+\(.*\);$/gm, "");

/** `1UL` is 64 bits wide on arm64 and 32 in wasm32. */
const widenLiterals = (text: string): string => text.replace(/\b(0[xX][\da-fA-F]+|\d+)([uU]?)[lL]\b/g, "$1$2LL");

/** Headers that kernel files include and nobody provides: all that is needed of them is in `environment.h`. */
function missingHeaders(files: Readonly<Record<string, string>>): readonly string[] {
  const provided = (name: string): boolean =>
    [`shim/${name}`, `tree/${name}`, `tree/arch/arm64/include/${name}`, name].some((path) => path in files);
  const included = Object.values(files).flatMap((text) => [...text.matchAll(/^\s*#\s*include\s*<([^>]+)>/gm)].map(([, name = ""]) => name));
  return [...new Set(included)].filter((name) => !provided(name));
}
