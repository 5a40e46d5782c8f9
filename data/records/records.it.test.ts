import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Actor } from '@keystead/contracts/access';
import type { StoreLevel } from '@keystead/contracts/labels';
import { type Place, type PlacesService, places } from '@keystead/data/places';
import { defineModule } from '@keystead/kernel/module';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FileRecord } from './record.ts';
import { recordRoutes } from './routes.ts';
import { createRecords, type NewFile, type RecordsService } from './service.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'keystead-records-'));
let platform: TestPlatform;
let records: RecordsService;
let clerk: Actor;
let site: Place;

beforeAll(async () => {
  const here = defineModule({
    name: 'records',
    needs: { places },
    files: import.meta.dirname,
    setup: (kernel, { places }) => {
      const service = createRecords({ ...kernel, dataDir });
      kernel.http.mount('/records', recordRoutes({ db: kernel.db, places, records: service }));
      return service;
    },
  });
  platform = await startPlatform(places, here);
  records = platform.services.records as RecordsService;
  clerk = platform.actor('record:read', 'record:write', 'record:hold', 'place:write');
  const tree = platform.services.places as PlacesService;
  site = await tree.create(clerk, { parent: null, kind: 'region', code: 'S', name: 'S' });
});
afterAll(async () => {
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const put = (content: Buffer | Readable, more: Partial<NewFile> = {}, actor = clerk): Promise<FileRecord> =>
  platform.db.transaction(actor.scope, (tx) =>
    records.put(tx, actor, {
      name: 'note.txt',
      mediaType: 'text/plain',
      storeLevel: 2,
      retentionYears: 5,
      subject: 'case:1',
      place: '',
      content,
      ...more,
    }),
  );

async function read(id: string, actor = clerk): Promise<Buffer> {
  const { content } = await records.open(actor, id);
  const parts: Buffer[] = [];
  for await (const part of content) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const filesOnDisk = () =>
  readdirSync(join(dataDir, 'objects'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const onDisk = (text: string) => filesOnDisk().filter((path) => readFileSync(path).includes(text)).length;
const journal = async (action: string, id: string) =>
  (
    await platform.owner.query('select kind, purpose from audit.line where action = $1 and subject = $2', [
      action,
      `record:${id}`,
    ])
  ).rows;

describe('contents', () => {
  test('levels 2 and 3 are not to be found on disk in plain, and level 1 as the control is', async () => {
    for (let n = 0; n < 50; n++) {
      const level = (1 + (n % 3)) as StoreLevel;
      const marker = `marker-${level}-${n}-${randomBytes(12).toString('hex')}`;
      const { id } = await put(Buffer.from(`${'filling '.repeat(n * 30)}${marker}${' after'.repeat(50)}`), {
        storeLevel: level,
      });
      expect([n, onDisk(marker)]).toEqual([n, level === 1 ? 1 : 0]);
      expect((await read(id)).includes(marker)).toBe(true);
    }
  });

  test('a large file travels as a stream and comes back whole', async () => {
    const bytes = randomBytes(3_000_000);
    const pieces = Array.from({ length: 300 }, (_, n) => bytes.subarray(n * 10_000, (n + 1) * 10_000));
    const { id, size } = await put(Readable.from(pieces), { mediaType: 'application/octet-stream', name: 'x.bin' });
    expect(size).toBe(3_000_000);
    expect((await read(id)).equals(bytes)).toBe(true);
  });

  test('the same contents are stored once inside an organisation and level, and never shared beyond', async () => {
    const content = Buffer.from(`once ${randomBytes(8).toString('hex')}`);
    const before = filesOnDisk().length;
    const same = await Promise.all([put(content), put(content), put(content, { subject: 'case:2' })]);
    expect(new Set(same.map(({ object }) => object)).size).toBe(1);
    expect(filesOnDisk().length).toBe(before + 1);
    const other = { ...clerk, scope: { organisation: '0190c2a1-0000-7000-8000-00000000000f', subtrees: [''] } };
    const foreign = await put(content, {}, other);
    const higher = await put(content, { storeLevel: 3 });
    expect(new Set([same[0]?.object, foreign.object, higher.object]).size).toBe(3);
    await records.remove(clerk, same[0]?.id ?? '');
    expect((await read(same[1]?.id ?? '')).equals(content)).toBe(true);
    await expect(read(foreign.id)).rejects.toThrow('record-missing');
  });

  test('damage on disk is found out instead of being handed on', async () => {
    for (const storeLevel of [1, 2] as const) {
      const { id, object } = await put(Buffer.from(`whole ${randomBytes(9).toString('hex')}`), { storeLevel });
      const path = filesOnDisk().find((file) => file.endsWith(object)) ?? '';
      const bytes = readFileSync(path);
      bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 4;
      writeFileSync(path, bytes);
      await expect(read(id)).rejects.toThrow('record-damaged');
    }
  });
});

describe('nothing is left behind', () => {
  test('a half-uploaded file, one too large and one of another type leave neither row nor bytes', async () => {
    const before = filesOnDisk();
    async function* broken() {
      yield Buffer.from('x'.repeat(200_000));
      throw new Error('connection lost');
    }
    await expect(put(Readable.from(broken()))).rejects.toThrow('connection lost');
    await expect(put(Buffer.alloc(2000, 'y'), { most: 1999 })).rejects.toThrow('record-too-large');
    await expect(put(Buffer.from('MZ program'), { mediaType: 'image/png' })).rejects.toThrow(
      'record-media-type-mismatch',
    );
    expect(filesOnDisk()).toEqual(before);
    const { rows } = await platform.owner.query(
      `select count(*)::int as n from records.object where size in (200000, 2000)`,
    );
    expect(rows[0].n).toBe(0);
  });

  test('the file of an undone transaction is swept, one of a committed one is not', async () => {
    const kept = await put(Buffer.from('kept'));
    await expect(
      platform.db.transaction(clerk.scope, async (tx) => {
        await records.put(tx, clerk, {
          name: 'a.txt',
          mediaType: 'text/plain',
          storeLevel: 2,
          retentionYears: 5,
          subject: 'case:1',
          place: '',
          content: Buffer.from('undone'),
        });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    writeFileSync(join(dataDir, 'objects', 'incoming', 'half'), 'half');
    const before = filesOnDisk().length;
    // Fresh ones may belong to a transaction that is still open.
    for (const path of filesOnDisk()) utimesSync(path, platform.clock.now(), platform.clock.now());
    expect(await records.sweep()).toBe(0);
    platform.clock.pass(7200);
    expect(await records.sweep()).toBe(2);
    expect(filesOnDisk().length).toBe(before - 2);
    expect((await read(kept.id)).toString()).toBe('kept');
  });
});

describe('labels and ends', () => {
  test(clause('H-8.4-0-1', 'a file without a storage level is refused'), async () => {
    const unlabelled = { storeLevel: undefined as unknown as StoreLevel };
    await expect(put(Buffer.from('x'), unlabelled)).rejects.toThrow('record-unlabelled');
    await expect(put(Buffer.from('x'), { storeLevel: 4 as StoreLevel })).rejects.toThrow('record-unlabelled');
    await expect(put(Buffer.from('x'), { name: '../../etc/passwd' })).rejects.toThrow('input-invalid');
  });

  test('a removed file is unreadable: key and bytes are gone, and the journal says so', async () => {
    const { id, object } = await put(Buffer.from('to be forgotten'), { storeLevel: 3 });
    await records.remove(clerk, id);
    await expect(read(id)).rejects.toThrow('record-gone');
    const { rows } = await platform.owner.query('select wrapped from keys.data_key where id = $1', [object]);
    expect(rows).toEqual([{ wrapped: null }]);
    await expect.poll(() => filesOnDisk().some((path) => path.endsWith(object))).toBe(false);
    expect(await journal('record.remove', id)).toHaveLength(1);
    await expect(records.remove(clerk, id)).rejects.toThrow('record-gone');
  });

  test('each look at a file of level 3 is journaled with its purpose, of level 2 none', async () => {
    const secret = await put(Buffer.from('core'), { storeLevel: 3 });
    const inner = await put(Buffer.from('internal'));
    await records.open(clerk, secret.id, '核对身份');
    await records.open(clerk, inner.id);
    expect(await journal('record.open', secret.id)).toEqual([{ kind: 'access', purpose: '核对身份' }]);
    expect(await journal('record.open', inner.id)).toEqual([]);
  });

  test('files kept long enough are shredded and journaled, held ones are not', async () => {
    const expired = await Promise.all(
      Array.from({ length: 100 }, (_, n) => put(Buffer.from(`old ${n}`), { retentionYears: 1 })),
    );
    const held = await put(Buffer.from('evidence'), { retentionYears: 1 });
    const young = await put(Buffer.from('young'), { retentionYears: 6 });
    await records.hold(clerk, held.id, true, '诉讼');
    await expect(records.remove(clerk, held.id)).rejects.toThrow('record-held');
    platform.clock.pass(366 * 86_400);
    expect(await records.expire()).toBe(100);
    for (const { id, object } of expired) {
      await expect(read(id)).rejects.toThrow('record-gone');
      expect(await journal('record.expire', id)).toHaveLength(1);
      const { rows } = await platform.owner.query('select wrapped from keys.data_key where id = $1', [object]);
      expect(rows).toEqual([{ wrapped: null }]);
    }
    expect((await read(held.id)).toString()).toBe('evidence');
    expect((await read(young.id)).toString()).toBe('young');
    await records.hold(clerk, held.id, false, '结案');
    expect(await records.expire()).toBe(1);
  });
});

describe('over HTTP', () => {
  const call = (method: 'GET' | 'POST' | 'DELETE' | 'PUT', url: string, actor = clerk, payload?: Buffer | object) =>
    platform.http.app.inject({
      method,
      url: `/api/v1/records${url}`,
      headers: {
        authorization: `Test ${actor.id}`,
        ...(Buffer.isBuffer(payload) ? { 'content-type': 'application/octet-stream' } : {}),
      },
      ...(payload ? { payload } : {}),
    });
  const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(5000)]);

  test('picture, sound, film and paper are put in, linked to their subject, and come back', async () => {
    const kinds = [
      ['image/jpeg', photo],
      ['audio/wav', Buffer.concat([Buffer.from('RIFF\x01\x02\x03\x04WAVEfmt '), randomBytes(100)])],
      ['video/mp4', Buffer.concat([Buffer.from('\0\0\0\x18ftypisom'), randomBytes(100)])],
      ['application/pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(100)])],
    ] as const;
    for (const [type, bytes] of kinds) {
      const query = `name=${encodeURIComponent('现场 1')}&mediaType=${type}&subject=case:photos&storeLevel=2&place=${site.id}`;
      const made = await call('POST', `?${query}`, clerk, bytes);
      expect(made.statusCode).toBe(201);
      const got = await call('GET', `/${made.json().id}/content`);
      expect(got.rawPayload.equals(bytes)).toBe(true);
      expect(got.headers['content-type']).toBe(type);
      expect(got.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('现场 1')}`);
    }
    const { items } = (await call('GET', '?subject=case:photos&limit=3')).json();
    expect(items).toHaveLength(3);
    const rest = (await call('GET', `?subject=case:photos&limit=3&cursor=${items[2].id}`)).json();
    expect([rest.items.length, rest.next]).toEqual([1, null]);
  });

  test('what is wrong with an upload is told, and what lies elsewhere is not there', async () => {
    const types = async (query: string, body: Buffer, actor = clerk) => {
      const answer = await call('POST', `?${query}`, actor, body);
      return [answer.statusCode, answer.json().type];
    };
    const labels = 'name=a.jpg&mediaType=image/jpeg&subject=case:9';
    expect(await types(labels, photo)).toEqual([422, 'record-unlabelled']);
    expect(await types(`${labels}&storeLevel=2`, Buffer.from('MZ'))).toEqual([422, 'record-media-type-mismatch']);
    expect(await types(`${labels}&storeLevel=9`, photo)).toEqual([422, 'record-unlabelled']);
    expect(await types(`${labels}&storeLevel=2`, photo, platform.actor('record:read'))).toEqual([403, 'not-allowed']);
    const made = (await call('POST', `?${labels}&storeLevel=2&place=${site.id}`, clerk, photo)).json();
    const elsewhere = platform.actorAt(['zz/'], 'record:read', 'record:write');
    for (const url of [`/${made.id}`, `/${made.id}/content`])
      expect((await call('GET', url, elsewhere)).statusCode).toBe(404);
    expect((await call('DELETE', `/${made.id}`, elsewhere)).statusCode).toBe(404);
    expect((await call('GET', '?subject=case:9', elsewhere)).json().items).toEqual([]);
    const hold = await call('PUT', `/${made.id}/legal-hold`, clerk, { held: true, reason: '诉讼' });
    expect(hold.json()).toMatchObject({ legalHold: true, version: 2 });
    expect((await call('DELETE', `/${made.id}`)).json().type).toBe('record-held');
    await call('PUT', `/${made.id}/legal-hold`, clerk, { held: false, reason: '结案' });
    expect((await call('DELETE', `/${made.id}`)).statusCode).toBe(204);
    expect((await call('GET', `/${made.id}/content`)).json().type).toBe('record-gone');
  });
});
