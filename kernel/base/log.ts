import { type Logger, pino } from 'pino';

export type Log = Logger;

const secretKeys = ['password', 'token', 'secret', 'authorization', 'cookie', 'code', 'otp', 'key'];
const redacted = secretKeys.flatMap((key) => [key, `*.${key}`, `req.headers.${key}`]);

/** Structured log on standard error: one JSON line an entry, secrets blotted out by name. */
export function createLog(name: string, level: string): Log {
  return pino(
    {
      name,
      level,
      base: { role: name },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: redacted, censor: '…' },
    },
    pino.destination({ dest: 2, sync: false, minLength: 0 }),
  );
}
