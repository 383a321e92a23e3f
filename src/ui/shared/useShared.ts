import { replaceEqualDeep } from "@tanstack/react-query";
import { useRef } from "react";

/** The value, with the very objects of the last time where they are equal: what is memoised on them is not drawn anew. */
export function useShared<T>(value: T): T {
  const shared = useRef(value);
  shared.current = replaceEqualDeep(shared.current, value);
  return shared.current;
}
