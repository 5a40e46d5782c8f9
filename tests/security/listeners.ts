import { readdir, readFile, readlink } from 'node:fs/promises';

/** A listening TCP socket of a process family, seen by the kernel of the machine. */
export interface Listener {
  address: string;
  port: number;
  pid: number;
}

/** Every process below one, itself included. */
export async function familyOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  const children = lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
  return [pid, ...(await Promise.all(children.map(familyOf))).flat()];
}

/** Bytes of an address as the kernel writes it: 32-bit words, each in the machine's order. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => [...Buffer.from(word, 'hex')].reverse());
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, n) =>
    (((bytes[2 * n] ?? 0) << 8) | (bytes[2 * n + 1] ?? 0)).toString(16),
  );
  return groups.join(':').replace(/^(0:){7}/, '::');
}

const listening = '0A';

async function table(name: 'tcp' | 'tcp6'): Promise<{ address: string; port: number; inode: string }[]> {
  const rows = (await readFile(`/proc/net/${name}`, 'utf8').catch(() => '')).split('\n').slice(1);
  return rows.flatMap((row) => {
    const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
    if (state !== listening) return [];
    const [address = '', port = ''] = local.split(':');
    return [{ address: addressOf(address), port: Number.parseInt(port, 16), inode }];
  });
}

async function inodesOf(pid: number): Promise<string[]> {
  const names = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}

/** Every address and port the family listens on. */
export async function listenersOf(pid: number): Promise<Listener[]> {
  const owners = new Map<string, number>();
  for (const each of await familyOf(pid)) for (const inode of await inodesOf(each)) owners.set(inode, each);
  const rows = [...(await table('tcp')), ...(await table('tcp6'))];
  return rows.flatMap(({ address, port, inode }) => {
    const owner = owners.get(inode);
    return owner === undefined ? [] : [{ address, port, pid: owner }];
  });
}
