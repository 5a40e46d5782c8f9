// Loaded into a program that npm started. `npm start` runs it below a shell, and most shells end on SIGTERM without a
// word to what they started: without this, `kill` on npm would leave the whole platform running, its ports taken.
import { isMainThread } from 'node:worker_threads';

const lookMs = 500;
const parent = process.ppid;

if (isMainThread && process.platform !== 'win32') {
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, lookMs);
  look.unref();
}
