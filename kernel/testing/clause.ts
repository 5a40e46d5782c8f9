/**
 * Marks a test as proof of requirements: `test(clause('H-7.1-c-3', 'an hour of silence opens an order'), …)`.
 * The marks `[H-7.1-c-3]` in test names are what `npm run conformance` reads.
 */
export function clause(...idsAndSentence: [...ids: string[], sentence: string]): string {
  const sentence = idsAndSentence.at(-1) ?? '';
  return `${idsAndSentence
    .slice(0, -1)
    .map((id) => `[${id}]`)
    .join('')} ${sentence}`;
}
