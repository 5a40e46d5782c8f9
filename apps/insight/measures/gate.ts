/** Lets so many pieces of work be under way at once; the others wait their turn, first come first served. */
export function createGate(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let under = 0;
  return async (work) => {
    // Whoever leaves hands his place over, so that nobody who comes in between takes it.
    if (under >= most) await new Promise<void>((go) => waiting.push(go));
    else under += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else under -= 1;
    }
  };
}
