/** Links that several tests open. */

/** A folded block of 16K pages: 128 entries. */
export const LONG_BLOCK = [
  "v=1",
  "machine.granule=16K",
  'machine.folios=[{"pfn":"0x1000","pages":128}]',
  'machine.ptes=[{"index":0,"count":128,"pfn":"0x1000","prot":"rw","flags":["cont"]}]',
  "actors.0.calls.1.index=77",
  "actors.1.calls.0.index=127",
].join("&");
