import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { Person } from './person.ts';

/** A picture, another one each time. */
export const newPicture = (): Buffer =>
  Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    Buffer.from(randomUUID()),
  ]);

export const sha256Of = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** A phone of the field that says its first words. */
export function newPhone() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomUUID() as string;
  return {
    id,
    key: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    says: (caseId: string, words: string) => {
      const text = JSON.stringify({
        ...{ device: id, number: 1, former: '', at: new Date().toISOString(), case: caseId },
        act: { kind: 'note', text: words },
      });
      const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return { text, signature: signature.toString('base64') };
    },
  };
}

export type FieldPhone = ReturnType<typeof newPhone>;

/** What examples of work in the field are made of. */
export interface FieldWorld {
  /** Phone of whoever carries the example out. */
  phone(): Promise<FieldPhone>;
  /** A maintenance with the signature drawn for it. */
  drawn(): Promise<{ case: string; signature: string }>;
}

export const inhabitedField = (admin: Person, maintenance: () => Promise<string>): FieldWorld => ({
  phone: async () => {
    const phone = newPhone();
    await admin.send('PUT', `/field/devices/${phone.id}`, { name: '示例手机', key: phone.key });
    return phone;
  },
  drawn: async () => {
    const id = await maintenance();
    const query = { name: 'signature.png', mediaType: 'image/png', subject: `case:${id}`, storeLevel: '2' };
    const { body } = await admin.ask('POST', '/records', { query, bytes: newPicture() });
    return { case: id, signature: (body as { id: string }).id };
  },
});

export const nowhereField: FieldWorld = {
  phone: async () => newPhone(),
  drawn: async () => ({ case: randomUUID(), signature: randomUUID() }),
};
