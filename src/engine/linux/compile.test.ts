import { describe, expect, it } from "vitest";
import { GRANULES } from "../hardware/granule.ts";
import { compileLinux, filesOf, LinuxProblem } from "./compile.ts";
import { SLICES, WHOLE_FILES } from "./sources.ts";
import type { Files, Toolchain } from "./toolchain.ts";

/** A tree in which every function is there and does nothing. */
const tree = (path: string): string | undefined =>
  WHOLE_FILES.includes(path)
    ? `#include <linux/unheard-of.h>\n#define ONE 1UL\n`
    : SLICES.filter(({ file }) => file === path)
        .flatMap(({ functions }) => functions.map((names) => [names].flat()[0]))
        .map((name) => `\nint ${name}(void)\n{\n\treturn 0xffUL;\n}\n`)
        .join("");

const without = (name: string) => (path: string) => tree(path)?.replace(`int ${name}(`, `int renamed_${name}(`);
const shim = (path: string): string => `/* ${path} */\n`;

describe("the files that the compiler sees", () => {
  it("name the place of every function that was taken out of a larger file", () => {
    expect(filesOf(tree, shim)["slices/arm64.c"]).toBe(
      '#line 2 "tree/arch/arm64/mm/fault.c"\nint __ptep_set_access_flags(void)\n{\n\treturn 0xffULL;\n}\n',
    );
  });

  it("have longs as wide as arm64's", () => {
    expect(filesOf(tree, shim)["tree/arch/arm64/mm/contpte.c"]).toContain("#define ONE 1ULL");
  });

  it("have an almost empty header in place of one that nobody provides", () => {
    expect(filesOf(tree, shim)["empty/linux/unheard-of.h"]).toBe("#include <environment.h>\n");
  });

  it("say beforehand which functions there are", () => {
    expect(filesOf(tree, shim)["slices/have.h"]).toContain("#define HAVE_ptep_clear_flush 1\n");
  });

  it("lack an optional function without more ado", () => {
    const files = filesOf(without("ptep_clear_flush"), shim);
    expect(files["slices/mm.c"]).not.toContain("ptep_clear_flush");
    expect(files["slices/have.h"]).not.toContain("ptep_clear_flush");
  });

  it("have a function under the later name if a tree has it under that", () => {
    const later = (path: string) => tree(path)?.replace("int __ptep_set_access_flags(", "int __ptep_set_access_flags_anysz(");
    const files = filesOf(later, shim);
    expect(files["slices/arm64.c"]).toContain("int __ptep_set_access_flags_anysz(void)");
    expect(files["slices/have.h"]).toContain("#define HAVE___ptep_set_access_flags_anysz 1\n");
    expect(files["slices/have.h"]).not.toContain("HAVE___ptep_set_access_flags ");
  });

  it("are refused, naming every name, where a function has none of them", () => {
    expect(() => filesOf(without("__ptep_set_access_flags"), shim)).toThrow(
      new LinuxProblem(
        "This kernel tree has no function __ptep_set_access_flags or __ptep_set_access_flags_anysz in arch/arm64/mm/fault.c.",
      ),
    );
  });

  it("are refused, naming the function, where a needed one is missing", () => {
    expect(() => filesOf(without("flush_tlb_range"), shim)).toThrow(
      new LinuxProblem("This kernel tree has no function flush_tlb_range in arch/arm64/include/asm/tlbflush.h."),
    );
  });

  it("are refused, naming the file, where one is missing", () => {
    expect(() => filesOf((path) => (path.endsWith("pgtable.h") ? undefined : tree(path)), shim)).toThrow(
      new LinuxProblem("This kernel tree has no arch/arm64/include/asm/pgtable.h."),
    );
  });
});

/** A compiler that refuses these words, wherever they stand. */
const refusing = (...words: readonly string[]): Toolchain => ({
  compile: async (_, files: Files) => {
    const refused = words.find((word) => Object.values(files).some((text) => typeof text === "string" && text.includes(word)));
    return refused === undefined ? { ok: true, wasm: new Uint8Array(8) } : { ok: false, messages: `tree/a.c:1:1: ${refused}` };
  },
  makeSuspendable: (wasm) => wasm,
  callPlaces: async () =>
    new Map([
      [3, [{ fn: "read_entry", file: "/shim/environment.h", line: 1 }]],
      [
        7,
        [
          { fn: "read_entry", file: "/shim/environment.h", line: 1 },
          { fn: "get", file: "/tree/mm/a.c", line: 12 },
          { fn: "call_get", file: "/shim/main.c", line: 2 },
        ],
      ],
    ]),
});

describe("compiled code", () => {
  it("knows the places of its calls in the tree, and none in the shim", async () => {
    const { places } = await compileLinux(tree, shim, GRANULES["4K"], refusing());
    expect([...places]).toEqual([[7, [{ fn: "get", file: "mm/a.c", line: 12 }]]]);
  });
});

describe("a tree whose core mm is not that of the shim", () => {
  it("is compiled without it, and why is kept", async () => {
    const code = await compileLinux(tree, shim, GRANULES["4K"], refusing("int zap_pte_range("));
    expect(code.withoutMm).toBe("a.c:1:1: int zap_pte_range(");
  });

  it("is refused if the rest does not compile either", async () => {
    const code = compileLinux(tree, shim, GRANULES["4K"], refusing("int zap_pte_range(", "int flush_tlb_range("));
    await expect(code).rejects.toThrow("This kernel tree does not compile:\na.c:1:1: int flush_tlb_range(");
  });

  it("says nothing where all of it compiles", async () => {
    expect((await compileLinux(tree, shim, GRANULES["4K"], refusing())).withoutMm).toBeUndefined();
  });
});
