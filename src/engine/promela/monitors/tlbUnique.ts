/** `tlb-unique`: after an access no two entries of its TLB overlap. */
import { fails, type Monitor } from "./monitor.ts";

export const tlbUnique = (): Monitor => ({
  vector: [],
  constants: [],
  accessed: [
    `  {
    int p, q, all = accesses(m);
    for (p = 0; p < all && tlbOf(m)[p]; p++)
      for (q = p + 1; q < all && tlbOf(m)[q]; q++)
        if (START(tlbOf(m)[p]) < START(tlbOf(m)[q]) + COUNT(tlbOf(m)[q]) && START(tlbOf(m)[q]) < START(tlbOf(m)[p]) + COUNT(tlbOf(m)[p]))
          ${fails("tlb-unique")};
  }`,
  ],
});
