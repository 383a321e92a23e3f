/** The memory of the inner loop, and its one way out, where it is compiled to WebAssembly: see `../heap.ts`. */
@external("lab", "resolve")
declare function outside(kind: i32, a: i32, b: i32, c: i32): i32;

@inline
export function get(at: i32): i32 {
  return load<i32>(at << 2);
}

@inline
export function set(at: i32, value: i32): void {
  store<i32>(at << 2, value);
}

@inline
export function half(at: i32): i32 {
  return load<u16>(at << 1);
}

@inline
export function setHalf(at: i32, value: i32): void {
  store<u16>(at << 1, value as u16);
}

@inline
export function mul(a: i32, b: i32): i32 {
  return a * b;
}

@inline
export function log2(power: i32): i32 {
  return 31 - clz<i32>(power);
}

export const PAGE_SHIFT: i32 = 14;

export function size(): i32 {
  return memory.size() << PAGE_SHIFT;
}

export function grow(pages: i32): void {
  if (memory.grow(pages) < 0) unreachable();
}

export function resolve(kind: i32, a: i32, b: i32, c: i32): i32 {
  return outside(kind, a, b, c);
}
