const redrawMs = 200;
const firstSignMs = 3_000;
const signEveryMs = 10_000;

/**
 * Shows a step while it runs: on a terminal one line that is drawn again, elsewhere a line when it is done and, for a
 * long one, a sign of life now and then.
 * @template T
 * @param {string} name
 * @param {(report: (progress: string) => void) => Promise<T>} run
 * @param {NodeJS.WriteStream} [out]
 * @returns {Promise<T>}
 */
export async function step(name, run, out = process.stdout) {
  const begun = performance.now();
  let progress = '';
  let nextSign = firstSignMs;
  const look = () => {
    const ms = performance.now() - begun;
    const line = `  … ${name}  ${[elapsed(ms, 0), progress].filter(Boolean).join('  ')}`;
    if (out.isTTY) out.write(`\r\x1b[2K${line}`);
    else if (ms >= nextSign) {
      out.write(`${line}\n`);
      nextSign += signEveryMs;
    }
  };
  if (out.isTTY) look();
  const timer = setInterval(look, redrawMs);
  const end = (mark) => {
    clearInterval(timer);
    out.write(`${out.isTTY ? '\r\x1b[2K' : ''}  ${mark} ${name}  ${elapsed(performance.now() - begun, 1)}\n`);
  };
  try {
    const result = await run((text) => {
      progress = text;
    });
    end('✓');
    return result;
  } catch (cause) {
    end('✗');
    throw cause;
  }
}

/**
 * @param {number} ms
 * @param {number} digits
 */
export function elapsed(ms, digits) {
  return ms < 1000 && digits > 0 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(digits)} s`;
}
