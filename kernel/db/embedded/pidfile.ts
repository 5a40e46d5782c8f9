import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server writes about itself into `postmaster.pid`. */
export interface PidFile {
  pid: number;
  port: number;
  /** Folder of its unix socket, when it has one. */
  socketDir: string | undefined;
  status: 'starting' | 'stopping' | 'ready' | 'standby' | '';
}

const statuses: readonly PidFile['status'][] = ['starting', 'stopping', 'ready', 'standby'];

/** Undefined when the text is no such file, or one that is being written just now. */
export function parsePidFile(text: string): PidFile | undefined {
  const [pid = '', , , port = '', socketDir = '', , , status = ''] = text.split('\n').map((line) => line.trim());
  if (!/^\d+$/.test(pid)) return undefined;
  return {
    pid: Number(pid),
    port: Number(port) || 0,
    socketDir: socketDir === '' ? undefined : socketDir,
    status: statuses.find((one) => one === status) ?? '',
  };
}

export function readPidFile(cluster: string): PidFile | undefined {
  try {
    return parsePidFile(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
}
