import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { acceptsCredential, markOf, markOfCertificate, maySpeakThroughGateway, newSecret } from './credential.ts';
import { shippedModels } from './models/shipped.ts';

const model = (authentication: 'certificate' | 'secret' | 'gateway') => {
  const [first] = shippedModels;
  if (!first) throw new Error('no model is shipped');
  return { ...first, authentication };
};

describe('credentials', () => {
  test('new secrets use each of their letters about equally often and never repeat', () => {
    const made = Array.from({ length: 3000 }, newSecret);
    expect(new Set(made).size).toBe(3000);
    const counts = new Map<string, number>();
    for (const letter of made.join('')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(30);
    // 3,300 expected of each; six standard deviations are 340.
    for (const [letter, count] of counts) expect(Math.abs(count - 3300), letter).toBeLessThan(340);
  });

  test(clause('H-11.2-d', 'each policy takes its own kinds, none a weaker one'), () => {
    const table = (['certificate', 'secret', 'gateway'] as const).map((policy) =>
      (['token', 'secret', 'certificate'] as const).filter((kind) => acceptsCredential(model(policy), kind)),
    );
    expect(table).toEqual([['certificate'], ['token', 'secret', 'certificate'], []]);
    expect(maySpeakThroughGateway(model('certificate'))).toBe(false);
    expect(maySpeakThroughGateway(model('gateway'))).toBe(true);
  });

  test('a mark depends on the key and the value, a certificate’s on its fingerprint however it is written', () => {
    const key = Buffer.alloc(32, 1);
    expect(markOf(key, 'a')).toEqual(markOf(key, 'a'));
    expect(markOf(key, 'a')).not.toEqual(markOf(key, 'b'));
    expect(markOf(key, 'a')).not.toEqual(markOf(Buffer.alloc(32, 2), 'a'));
    expect(markOfCertificate('AB:CD')).toEqual(markOfCertificate('abcd'));
  });
});
