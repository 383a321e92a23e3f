/** What the mail thread weighed, and the series that grew out of it. */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { convertMakeLines } from "../contpte/contpteConvert.ts";
import { alignDown, type Code, type Kernel } from "../kernel.ts";
import { rawGet, rawSetPtes } from "../primitives.ts";
import { isDirty, isYoung, mkclean, mkdirty, mknoncont, mkold, mkyoung } from "../pte.ts";
import { type Script, site } from "../script.ts";
import type { Variant } from "./variant.ts";

/** contpte_convert() with the two bits gathered beside the template and added to it once. */
function* convertWithFlags(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  const { code } = k;
  const start = alignDown(k, index);
  const nr = code.convertReach.run(k);
  let [dirty, young] = [false, false];
  for (let i = 0; i < nr; i++) {
    const old = yield* code.convertClear.run(site("contpte_convert.clear", { i, dirty, young, pte }), start + i);
    if (!code.convertGather.run(start + i === index)) continue;
    dirty ||= isDirty(old);
    young ||= isYoung(old);
  }
  const clean = code.convertTemplate.run(k, pte);
  const dirtied = dirty ? mkdirty(clean) : clean;
  const template = young ? mkyoung(dirtied) : dirtied;
  yield* code.convertFlushBroken.run(k, site("contpte_convert.flush", { template }), start);
  yield* rawSetPtes(k, (i) => site("contpte_convert.set", { i, template }), start, template, nr);
  yield* code.convertFlushMade.run(k, site("contpte_convert.flush"), start);
}

const sameButAD = (first: Pte, second: Pte): boolean => mkold(mkclean(first)) === mkold(mkclean(second));

/** The value that the public getter has read is enough: no scan, and nothing that could break one. */
const oneEntry = (change: (pte: Pte) => Pte, line: string): Code["getBlockLockless"] => ({
  // biome-ignore lint/correctness/useYield: not reading is what this is about
  run: function* (_, __, target) {
    return change(target);
  },
  lines: () => [line],
  without: ["locklessFits", "locklessMisfit"],
});

export const THREAD: readonly Variant[] = [
  {
    id: "getters-strip-cont",
    shelf: "thread",
    what: "The public getters hide CONT, so that core mm never sees it and setters need not drop it. perf then reports every page as small.",
    who: "Ideal to Ryan Roberts, who leaks CONT instead because perf needs it",
    where: "mail of 12 February 2024 on v5 19/25",
    code: { getterValue: { run: mknoncont, text: ", without CONT" } },
  },
  {
    id: "convert-bool-accumulators",
    shelf: "thread",
    what: "contpte_convert gathers dirty and young in two variables and changes the template once, after the loop.",
    who: "Wondered about by Mark Rutland; Ryan Roberts left it as it was, like hugetlb",
    where: "mail of 12 February 2024 on v5 19/25",
    code: {
      convert: {
        run: convertWithFlags,
        lines: (code) => [
          `  for each slot i of ${code.convertReach.text}`,
          ...code.convertClear.lines(code),
          `    if ${code.convertGather.text}old is dirty: dirty ← true`,
          `    if ${code.convertGather.text}old is young: young ← true`,
          `  template ← pte, ${code.convertTemplate.text}`,
          "  template ← dirty and young, if so",
          ...convertMakeLines(code),
        ],
      },
    },
  },
  {
    id: "efi-mm-folds",
    shelf: "thread",
    what: "mm_is_user knows only init_mm: mappings of efi_mm are folded and unfolded like a process's.",
    who: "Ryan Roberts's v5. Mark Rutland brought up efi_mm, David Hildenbrand asked for a check, Ard Biesheuvel suggested its form",
    where: "v5 19/25, mails of 12 and 13 February 2024; changed in v6 (mm_is_efi)",
    code: { mmIsUser: { run: (k) => k.mm !== "init", text: "init_mm" } },
  },
  {
    id: "size-lockless",
    shelf: "thread",
    what: "perf asks a function of its own for the size, which reads one entry and gathers nothing.",
    who: "Suggested by Mark Rutland as ptep_get_size_lockless(); never written",
    where: "mail of 12 February 2024 on v5 19/25",
    code: {
      perfRead: { run: (_, at, index) => rawGet(at, index), lines: () => [["  pte ← read one entry", "read"]] },
    },
  },
  {
    id: "gup-compare-modulo-ad",
    shelf: "thread",
    what: "gup_fast's second look may differ from the first in access and dirty bits.",
    who: "Wondered about by Mark Rutland",
    where: "mail of 12 February 2024 on v5 19/25; Ryan Roberts thought that it would work",
    code: { gupSame: { run: sameButAD, text: "it is not the same, access and dirty aside" } },
  },
  {
    id: "fault-compare-modulo-ad",
    shelf: "thread",
    what: "A fault may find other access and dirty bits under the PTL than it found without.",
    who: "Wondered about by Mark Rutland",
    where: "mail of 12 February 2024 on v5 19/25",
    code: { faultSame: { run: sameButAD, text: "ptep_get(pte) ≠ orig, access and dirty aside" } },
  },
  {
    id: "lockless-nosync",
    shelf: "thread",
    what: "ptep_get_lockless reads one entry of a block and says neither young nor dirty. Who compares must leave these bits out.",
    who: "Thought of by Ryan Roberts (noyoungdirty, then nosync). His series that followed, norecency, lets the bits be wrong instead of clear; David Hildenbrand had doubts about pte_same, and it went no further",
    where: "mail b5d26583-386b-41b4-83d1-30500e6837a9@arm.com of 13 February 2024; the series is 20240215121756.2734131-1",
    code: { getBlockLockless: oneEntry((pte) => mkold(mkclean(pte)), "  return pte, old and clean") },
  },
  {
    id: "lockless-single-entry",
    shelf: "thread",
    what: "ptep_get_lockless reads one entry of a block and returns it with the access and dirty bits that happen to be in it.",
    who: "Wondered about by Mark Rutland; Ryan Roberts found it fragile, and confusing under this name",
    where: "mails of 12 February 2024 on v5 19/25",
    code: { getBlockLockless: oneEntry((pte) => pte, "  return pte, as it was read") },
  },
  {
    id: "ptdump-per-entry",
    shelf: "thread",
    what: "ptdump shows each entry's own access and dirty bits instead of its block's.",
    who: "Mark Rutland found it arguable; not taken up",
    where: "mail of 12 February 2024 on v5 19/25",
    code: {
      ptdumpRead: { run: (_, at, index) => rawGet(at, index), lines: () => [["  val ← read one entry", "read"]] },
    },
  },
];
