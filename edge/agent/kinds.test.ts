import { expect, test } from 'vitest';
import { kinds } from './kinds.ts';

test('every protocol loads, and is called what the registry calls it', async () => {
  for (const [name, entry] of Object.entries(kinds)) {
    const kind = await entry.load();
    expect(kind.protocol, name).toBe(name);
    expect(typeof kind.open, name).toBe('function');
  }
});
