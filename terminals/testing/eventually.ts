/** Looks every few ms until there is something. */
export async function eventually<T>(look: () => T | undefined | false, what: string, within = 15_000): Promise<T> {
  for (const until = performance.now() + within; ; ) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`not within ${within} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
