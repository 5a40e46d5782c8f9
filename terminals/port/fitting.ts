/** The first of a list whose JSON is at most so many bytes long together. */
export function fitting<T>(list: readonly T[], bytes: number): T[] {
  let left = bytes;
  return list.filter((one) => {
    left -= Buffer.byteLength(JSON.stringify(one)) + 1;
    return left >= 0;
  });
}
