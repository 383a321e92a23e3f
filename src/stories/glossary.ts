/** The words of the trade, each in a sentence or two. A test holds the stories to it: every abbreviation they use is here. */

export interface Term {
  readonly term: string;
  /** What it is short for, where it is short for something. */
  readonly short?: string;
  /** What it is; `code` in backticks. */
  readonly meaning: string;
}

const term = (name: string, meaning: string): Term => ({ term: name, meaning });
const abbreviation = (name: string, short: string, meaning: string): Term => ({ term: name, short, meaning });

/** In the order of the alphabet, however it is written. */
export const GLOSSARY: readonly Term[] = [
  term(
    "__ptep_get",
    "Two dashes below before a name: arm64's own function for a single entry. The one without them, here `ptep_get`, knows of blocks.",
  ),
  term(
    "ABA",
    "A value that changes from A to B and back to A between two looks: who compares only the two looks sees nothing. Folding again after an unfold does this to a block.",
  ),
  abbreviation("AD", "access and dirty", "The two marks of a PTE, taken together: see young, and dirty. Also written A/D."),
  abbreviation("AF", "access flag", "The bit of a PTE that says its page was accessed. Linux calls such a PTE young."),
  abbreviation("API", "application programming interface", "The functions that one part of a program offers the others."),
  abbreviation(
    "ASID",
    "address space identifier",
    "The number in a TLB entry that says to which address space, and so to which process, it belongs.",
  ),
  term(
    "batch",
    "Several entries handled by one call, such as `set_ptes` for all pages of a folio: a block that is changed whole need not be unfolded.",
  ),
  abbreviation(
    "BBM",
    "break before make",
    "The architecture's rule for changing a translation that may be cached: empty the entry, have the TLBs forget it, and only then write the new one.",
  ),
  abbreviation(
    "BBML2",
    "break before make, level 2",
    "A feature of newer CPUs: the size of a translation may be changed without breaking it first, and no TLB answers with two entries at once.",
  ),
  term(
    "block",
    "Contiguous entries that may carry CONT together: 16 of them with 4K pages, 128 with 16K, 32 with 64K, beginning at a multiple of that number.",
  ),
  term("clean", "Not dirty."),
  term(
    "CONT",
    "The contiguous bit, bit 52 of a PTE: this entry and the others of its block map contiguous memory in the same way, so one TLB entry may stand for all of them.",
  ),
  term(
    "contpte",
    "The code of Linux for arm64 that sets CONT where it can and takes it away where it must, so that nobody else in the kernel needs to know.",
  ),
  term(
    "core code",
    "The part of Linux that is the same for all architectures. It calls `ptep_get`, `set_ptes` and the like, and knows nothing of CONT.",
  ),
  abbreviation("CPU", "central processing unit", "What runs code. Each has an MMU with a TLB of its own."),
  abbreviation(
    "DBM",
    "dirty bit modifier",
    "Bit 51 of a PTE: hardware may make the entry writable, and so dirty, by itself at the first write. Linux uses it for: writing is allowed here.",
  ),
  term(
    "dirty",
    "Marked as written. By hardware, which clears RDONLY where DBM allows it, or by software, which has a bit of its own for it.",
  ),
  abbreviation(
    "DSB",
    "data synchronization barrier",
    "An instruction that waits, here until invalidations have been carried out everywhere.",
  ),
  abbreviation("EFI", "Extensible Firmware Interface", "Firmware whose services Linux calls in an address space of their own, `efi_mm`."),
  term(
    "fault",
    "An access that the MMU cannot translate or does not permit. The kernel looks at the page table, mends it if it may, and the access is made again.",
  ),
  term("flush", "To have TLBs forget what they hold for a range of addresses: an invalidation, and the wait for it."),
  term("fold", "To make sixteen single PTEs into a block with CONT. contpte does so when the last entry of a block that fits is written."),
  term("folio", "One or more pages, contiguous in memory, that Linux handles as one. Its size is a power of two."),
  term("frame", "A page of memory, as opposed to the addresses it is seen at. Its number is the PFN."),
  term("granule", "The size of a page as the MMU is set up for it: 4K, 16K or 64K."),
  abbreviation(
    "GUP",
    "get user pages",
    "To find the pages behind addresses of a program, and to pin them so that they stay. GUP-fast does it without any lock.",
  ),
  term("hugetlb", "Large pages that a program asks for by name. On arm64 they use CONT too, and have done so for longer than contpte."),
  term("invalid", "Without bit 0: the MMU reads nothing else of such an entry, and no TLB may hold it."),
  term("khugepaged", "The thread of Linux that gathers small pages into large ones."),
  abbreviation("KVM", "kernel-based virtual machine", "The part of Linux that runs virtual machines."),
  term("lockless", "Without the PTL. Such a reader must expect that the table changes between any two of its reads."),
  abbreviation(
    "MADV_FREE",
    "a value for `madvise`",
    "A program's word that it does not need some pages any more: they may go as long as they stay clean.",
  ),
  abbreviation("mm", "memory management", "In Linux the address space of a process: `mm_struct`. The kernel's own is `init_mm`."),
  abbreviation("MMU", "memory management unit", "What translates addresses by the page table, in a CPU or in front of a device."),
  term("none", "An entry that is 0: nothing is mapped there."),
  term("page", "The smallest piece of memory that can be mapped: 4K, 16K or 64K."),
  abbreviation("PFN", "page frame number", "The number of a page of memory: its address without the bits within the page."),
  abbreviation(
    "PROT_NONE",
    "a value for `mprotect`",
    "Mapped, and not to be touched. Linux keeps such an entry present but invalid, so that an access faults.",
  ),
  term("ptdump", "A file of the kernel's that shows its page tables to a developer."),
  abbreviation(
    "PTE",
    "page-table entry",
    "A word of the last level of the page table: which frame a page is in, and what may be done with it.",
  ),
  abbreviation(
    "PTL",
    "page-table lock",
    "The lock that a writer of PTEs holds. Nobody else writes then but hardware, which sets access and dirty marks.",
  ),
  term("RDONLY", "Bit 7 of a PTE: writes are not permitted. Together with DBM it means: writable, and still clean."),
  abbreviation("RFC", "request for comments", "Patches that are sent to be talked about, not yet to be merged."),
  abbreviation(
    "SMMU",
    "system memory management unit",
    "The MMU in front of devices. It may use the page table of a process: then a device faults where a CPU would.",
  ),
  term("stale", "A TLB entry that says something other than the page table does by now."),
  term("tear", "To read something in pieces while it changes, and get parts of both."),
  abbreviation(
    "TLB",
    "translation lookaside buffer",
    "Where an MMU keeps translations that it has found, so as not to walk for each access.",
  ),
  abbreviation(
    "TLBI",
    "TLB invalidate",
    "An instruction that tells all TLBs to forget entries of a range. It takes effect at the latest when a DSB after it is done.",
  ),
  term(
    "unfold",
    "To make a block into single PTEs without CONT: read and empty them all, flush, write them anew. Needed before one of them may be changed.",
  ),
  abbreviation("VM", "virtual machine", "A whole computer, run as a program."),
  term("walk", "To read the page table for a translation that the TLB does not have. What is found may be kept there."),
  term("writable", "What Linux says of an entry with DBM; hardware needs RDONLY to be clear as well."),
  term(
    "xchg",
    "To write a word and get the old one in the same instant: nobody can write between the two. `cmpxchg` writes only if the old one is as expected.",
  ),
  term("young", "Marked as accessed since the mark was last taken away. Not young is called old."),
];
