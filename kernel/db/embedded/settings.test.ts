import { InputInvalid } from '@keystead/contracts/problem';
import { expect, test } from 'vitest';
import { renderSettings } from './settings.ts';

test('what was committed is durable unless a caller says otherwise', () => {
  expect(renderSettings()).toContain("fsync = 'on'\n");
  expect(renderSettings()).toContain("synchronous_commit = 'on'\n");
  expect(renderSettings({ fsync: 'off' })).toContain("fsync = 'off'\n");
  expect(renderSettings({ fsync: 'off' })).not.toContain("fsync = 'on'");
});

test('a value cannot end its quotes or begin another setting', () => {
  expect(renderSettings({ archive_command: "cp '%p' \\x" })).toContain("archive_command = 'cp ''%p'' \\\\x'\n");
  expect(() => renderSettings({ archive_command: 'a\nfsync = off' })).toThrow(InputInvalid);
  expect(() => renderSettings({ 'fsync = off #': 'x' })).toThrow(InputInvalid);
});
