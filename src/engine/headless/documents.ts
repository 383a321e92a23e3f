/**
 * Cuts what is read into documents, as it comes: all of it is one, or every line is.
 * Keeps no more than one document, and of one that is too long only its length.
 */
import { LIMITS } from "../scenario/limits.ts";

/** A document's text, or the length of one that is too long to be kept. */
export type DocumentText = string | { readonly length: number };

export async function* documentsOf(chunks: AsyncIterable<string>, perLine: boolean): AsyncGenerator<DocumentText, void> {
  let text = "";
  let length = 0;
  const take = (piece: string): void => {
    length += piece.length;
    text = length > LIMITS.documentLength ? "" : text + piece;
  };
  const end = (): DocumentText => {
    const document = length > LIMITS.documentLength ? { length } : text;
    text = "";
    length = 0;
    return document;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = cut(chunk, from, perLine); to >= 0; to = cut(chunk, from, perLine)) {
      take(chunk.slice(from, to));
      from = to + 1;
      const document = end();
      if (!isBlank(document)) yield document;
    }
    take(chunk.slice(from));
  }
  const last = end();
  if (!perLine || !isBlank(last)) yield last;
}

/** Where the line ends that begins at `from`, if it ends in this chunk. */
const cut = (chunk: string, from: number, perLine: boolean): number => (perLine ? chunk.indexOf("\n", from) : -1);

const isBlank = (document: DocumentText): boolean => typeof document === "string" && document.trim() === "";
