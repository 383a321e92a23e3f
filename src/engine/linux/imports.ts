/**
 * The imports of a compiled kernel (`shim/environment.h`): operations go to whoever
 * runs it, questions about pages and folios are answered from the scenario's kernel.
 */
import { asPte } from "../hardware/descriptor.ts";
import { type Folio, folioOf, type Kernel } from "../kernel/kernel.ts";
import type { Operation } from "../routine.ts";
import { LinuxProblem } from "./compile.ts";

/** Where the table begins, as a pointer: aligned to a block, and far from the module's own memory. */
const TABLE = 0x1000_0000;
const ENTRY_BYTES = 8;

/** The pages of listed folios, one folio after another, as pointers. */
const PAGES = 0x4000_0000;
/** Pages of no listed folio, in the order of their first use. */
const OTHER_PAGES = 0x8000_0000;

export const pointerTo = (index: number): number => TABLE + index * ENTRY_BYTES;

/** Who runs the code. */
export interface Runner {
  /** @returns what the operation observed */
  perform(operation: Operation): bigint;
  warn(file: string, line: number): void;
}

type Import = (...args: never[]) => unknown;

/** @param textAt reads a C string out of the module's memory */
export function importsFor(kernel: Kernel, runner: Runner, textAt: (pointer: number) => string): Readonly<Record<string, Import>> {
  const pages = pagePointers(kernel);
  const indexOf = (pointer: number): number => (pointer - TABLE) / ENTRY_BYTES;
  const observing = (operation: Operation): bigint => runner.perform(operation);
  const silent = (operation: Operation): void => void runner.perform(operation);
  return {
    read: (pointer: number) => observing({ op: "read", index: indexOf(pointer) }),
    write: (pointer: number, value: bigint) => silent({ op: "write", index: indexOf(pointer), value: asPte(value) }),
    xchg: (pointer: number, value: bigint) => observing({ op: "xchg", index: indexOf(pointer), value: asPte(value) }),
    cmpxchg: (pointer: number, expected: bigint, value: bigint) =>
      observing({ op: "cmpxchg", index: indexOf(pointer), expected: asPte(expected), value: asPte(value) }),
    tlbi: (start: bigint, end: bigint, stride: bigint, lastLevel: number, level: number, sync: number, local: number) =>
      silent({
        op: "tlbi",
        ...pagesBetween(kernel, start, end),
        stride,
        lastLevel: lastLevel !== 0,
        level,
        sync: sync !== 0,
        ...(local !== 0 && { local: true }),
      }),
    lock: () => silent({ op: "lock" }),
    unlock: () => silent({ op: "unlock" }),
    ref: (pfn: bigint, change: number) => silent({ op: "ref", pfn: BigInt.asUintN(64, pfn), change: change > 0 ? 1 : -1 }),
    warn: (file: number, line: number) => runner.warn(textAt(file), line),
    page: (pfn: bigint) => pages.pointer(BigInt.asUintN(64, pfn)),
    pfn: (page: number) => pages.pfn(page >>> 0),
    folio: (page: number) => pages.pointer(folioOf(kernel, pages.pfn(page >>> 0)).pfn),
    pages: (folio: number) => BigInt(folioOf(kernel, pages.pfn(folio >>> 0)).pages),
  };
}

/** All imports that a module asks for; one that nothing stands in for says so when it is called. */
export function completed(module: WebAssembly.Module, imports: Readonly<Record<string, Import>>): WebAssembly.Imports {
  const all: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const missing = (): never => {
      throw new LinuxProblem(`This kernel's code calls ${name}(), which nothing in src/engine/linux/shim stands in for.`);
    };
    const group = all[from] ?? {};
    group[name] = imports[name] ?? missing;
    all[from] = group;
  }
  return all;
}

function pagesBetween({ va, granule }: Kernel, start: bigint, end: bigint): { readonly index: number; readonly nr: number } {
  const bytes = BigInt.asUintN(64, end - start);
  return { index: Number(BigInt.asIntN(64, start - va) / granule.pageSize), nr: Number(bytes / granule.pageSize) };
}

interface PagePointers {
  pointer(pfn: bigint): number;
  pfn(pointer: number): bigint;
}

/** Pages of a folio are neighbours, because the kernel subtracts their pointers; sizeof(struct page) is 1 here. */
function pagePointers(kernel: Kernel): PagePointers {
  const firsts = new Map<Folio, number>();
  let next = PAGES;
  for (const folio of kernel.folios) {
    firsts.set(folio, next);
    next += folio.pages;
  }
  if (next > OTHER_PAGES) throw new LinuxProblem(`The folios have more than ${OTHER_PAGES - PAGES} pages, too many for 32-bit pointers.`);
  const others: bigint[] = [];
  return {
    pointer(pfn) {
      const folio = folioOf(kernel, pfn);
      const first = firsts.get(folio);
      if (first !== undefined) return first + Number(pfn - folio.pfn);
      const known = others.indexOf(pfn);
      return OTHER_PAGES + (known >= 0 ? known : others.push(pfn) - 1);
    },
    pfn(pointer) {
      if (pointer >= OTHER_PAGES) return others[pointer - OTHER_PAGES] ?? unknownPage(pointer);
      const found = [...firsts].find(([folio, first]) => pointer >= first && pointer < first + folio.pages);
      return found === undefined ? unknownPage(pointer) : found[0].pfn + BigInt(pointer - found[1]);
    },
  };
}

function unknownPage(pointer: number): never {
  throw new Error(`the kernel's code made up the page ${pointer}`);
}
