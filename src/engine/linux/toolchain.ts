/** The compiler and its companions, passed in: the engine has no packages of its own for them. */

/** Text or bytes by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export type Compiled =
  | { readonly ok: true; readonly wasm: Uint8Array }
  /** The compiler's own words. */
  | { readonly ok: false; readonly messages: string };

/** A function and the line in it, by debug information. */
export interface CodePlace {
  readonly fn: string;
  readonly file: string;
  readonly line: number;
}

/** By the offset of a call instruction in the module: the functions it stands in, inlined ones first. */
export type CallPlaces = ReadonlyMap<number, readonly CodePlace[]>;

export interface Toolchain {
  /** Clang and wasm-ld: one C file and what it includes to one module. */
  compile(args: readonly string[], files: Files): Promise<Compiled>;
  /** Binaryen's asyncify: the same module, able to suspend in these imports (`module.name`). */
  makeSuspendable(wasm: Uint8Array, imports: readonly string[]): Uint8Array;
  /** LLVM's symbolizer, for every call in the module. */
  callPlaces(wasm: Uint8Array): Promise<CallPlaces>;
}
