import { open } from 'node:fs/promises';

/** Writes a file and waits until its content is on disk; its name is not yet (`syncFolder`). `flags`: as for `open`. */
export async function writeDurably(path: string, content: string | Uint8Array, flags: 'w' | 'wx'): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
