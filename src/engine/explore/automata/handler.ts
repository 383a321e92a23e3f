/** One step of the product while it is made. The rows are used again for the next one. */
export interface ProductStep {
  readonly actor: number;
  readonly before: Int32Array;
  readonly after: Int32Array;
}

/** What somebody who looks on does on a step. */
export type Handler = (step: ProductStep) => void;
