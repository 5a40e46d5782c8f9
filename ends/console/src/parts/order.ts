/**
 * Words of a closed list in their order. Told as a record with whatever else is known of each, so that the compiler misses none
 * when the platform has a new one.
 */
export const inOrder = <Word extends string>(of: Readonly<Record<Word, unknown>>): readonly Word[] =>
  Object.keys(of) as Word[];
