/** Numbers values by their key, from 0; of those with equal keys the first is kept. */
export interface Interned<T> {
  numberOf(value: T): number;
  at(number: number): T;
}

export function interned<T>(keyOf: (value: T) => string): Interned<T> {
  const numbers = new Map<string, number>();
  const values: T[] = [];
  return {
    numberOf(value) {
      const key = keyOf(value);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, values.length);
      values.push(value);
      return values.length - 1;
    },
    at(number) {
      const value = values[number];
      if (value === undefined) throw new RangeError(`nothing has number ${number}`);
      return value;
    },
  };
}
