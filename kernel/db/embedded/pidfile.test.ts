import { expect, test } from 'vitest';
import { readAccounts } from './account.ts';
import { reasonIn } from './log.ts';
import { parsePidFile } from './pidfile.ts';

test('a running server is read from its pid file', () => {
  const text = '4711\n/srv/data/cluster\n1790000000\n35665\n/srv/data/run\n127.0.0.1\n  8388611         7\nready   \n';
  expect(parsePidFile(text)).toEqual({ pid: 4711, port: 35665, socketDir: '/srv/data/run', status: 'ready' });
});

test('a pid file that is half written tells what it has', () => {
  expect(parsePidFile('4711\n/srv/data/cluster\n')).toEqual({ pid: 4711, port: 0, socketDir: undefined, status: '' });
  expect(parsePidFile('')).toBeUndefined();
  expect(parsePidFile('-4711\nsingle user')).toBeUndefined();
});

test('the reason is the last complaint, not the last line', () => {
  const log = [
    '2026-01-02 03:04:05.678 UTC [12] LOG:  starting PostgreSQL',
    '2026-01-02 03:04:05.679 UTC [12] FATAL:  could not create lock file "postmaster.pid": No space left on device',
    '2026-01-02 03:04:05.680 UTC [12] LOG:  database system is shut down',
  ];
  expect(reasonIn(log)).toBe('FATAL:  could not create lock file "postmaster.pid": No space left on device');
  expect(reasonIn(['initdb: killed'])).toBe('initdb: killed');
  expect(reasonIn([])).toBe('');
});

test('accounts without a usable number are passed over', () => {
  const passwd =
    'root:x:0:0::/root:/bin/sh\nnobody:*:-2:-2::/:/bin/false\n# comment\npostgres:x:101:104:PG:/p:/bin/sh\n';
  expect(readAccounts(passwd).map((one) => [one.name, one.uid, one.gid])).toEqual([
    ['root', 0, 0],
    ['postgres', 101, 104],
  ]);
});
