export interface Lab {
  /** @returns milliseconds */
  clickToVerdict(scenario: string): Promise<number>;
  close(): Promise<void>;
}

export function openLab(): Promise<Lab>;
