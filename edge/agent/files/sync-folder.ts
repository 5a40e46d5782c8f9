import { closeSync, fsyncSync, openSync } from 'node:fs';

/** The name of a new or removed file is on disk too (not every system can, and none of those needs it). */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
