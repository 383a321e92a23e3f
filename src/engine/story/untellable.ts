/** Ends the telling of an act; thrown and caught within this folder. The message is a sentence without a full stop. */
export class Untellable extends Error {}
