import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian keeps them; nothing of the environment is handed on. */
const programs = '/usr/sbin:/usr/bin:/sbin:/bin';

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((done) => void socket.close(() => done()));
  return port;
}

/** Runs a program of Net-SNMP to its end: what it printed, and how it ended. A missing one makes the test fail. */
export async function run(command: string, ...args: string[]): Promise<{ said: string; status: number | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-snmp-'));
  mkdirSync(join(folder, 'cert_indexes'));
  const env = { PATH: programs, MIBS: '', SNMP_PERSISTENT_DIR: folder };
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const [status] = (await once(child, 'close')) as [number | null];
  rmSync(folder, { recursive: true, force: true });
  return { said: said.trim(), status };
}

export const userKeys = { auth: 'authentication-key', privacy: 'privacy-key-here' };

/** Debian's snmpd with a configuration of our own, on a port of its own. */
export interface Agent {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startAgent(): Promise<Agent> {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-snmpd-'));
  const port = await freePort();
  const file = join(folder, 'snmpd.conf');
  writeFileSync(
    file,
    `agentaddress udp:127.0.0.1:${port}
persistentDir ${folder}
rocommunity readers 127.0.0.1
rwcommunity writers 127.0.0.1
createUser keeper SHA "${userKeys.auth}" AES "${userKeys.privacy}"
rwuser keeper priv
sysDescr cabinet one
sysServices 72
extend greeting /bin/echo 42.5
override -rw 1.3.6.1.4.1.8072.9999.1.0 integer 7
override -rw 1.3.6.1.4.1.8072.9999.2.0 octet_str "kiln"
override 1.3.6.1.4.1.8072.9999.4.0 octet_str 0xdeadbe00ef01
`,
  );
  const args = ['-f', '-Lo', '-C', '-c', file, '-I', '-smux', '-p', join(folder, 'pid')];
  const child = spawn('snmpd', args, {
    stdio: 'ignore',
    env: { PATH: programs, MIBS: '', SNMP_PERSISTENT_DIR: folder },
  });
  const closed = once(child, 'close');
  closed.catch(() => undefined);
  const stop = async () => {
    child.kill('SIGKILL');
    await closed;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 40; attempt++) {
    const { status } = await run(
      'snmpget',
      '-v2c',
      '-c',
      'readers',
      '-t',
      '0.3',
      '-r',
      '0',
      `127.0.0.1:${port}`,
      '1.3.6.1.2.1.1.3.0',
    );
    if (status === 0) return { port, stop };
  }
  await stop();
  throw new Error('snmpd does not answer');
}
