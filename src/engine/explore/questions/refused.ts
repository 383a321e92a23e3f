/** Ends the parsing of a question; thrown and caught within this folder. */
import type { Refusal } from "./question.ts";

export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.expected);
    this.refusal = refusal;
  }
}
