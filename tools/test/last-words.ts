const dying = /fatal error|assertion .*fail|check failed|terminate called|out of memory|double free|corrupt/i;

/** What a process said that died of native code, out of all that was said: its test file's own results never tell. */
export function lastWords(most: number): { hear(text: string): void; readonly said: readonly string[] } {
  const said: string[] = [];
  let rest = '';
  return {
    said,
    hear: (text) => {
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(-1000);
      for (const line of lines) if (said.length < most && dying.test(line)) said.push(line.trim().slice(0, 300));
    },
  };
}
