import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FirmwareOffer, firmwareStatement, noOffer, offerValues, readOffer, readReport } from './index.ts';

const offer: FirmwareOffer = {
  title: 'meter',
  version: '2.1.0',
  models: ['electricity-meter', 'heat-meter'],
  size: 4096,
  hash: 'ab'.repeat(32),
  signature: 'AAAA',
  algorithm: 'ed25519',
  signer: 'cd'.repeat(32),
};

test('a device reads from its attributes what was offered, and nothing once it is taken back', () => {
  expect(readOffer({ interval: 5, ...offerValues(offer) })).toEqual(offer);
  expect(readOffer({ ...offerValues(offer), ...noOffer() })).toBeUndefined();
});

test('an offer with a part missing or bent is none', () => {
  for (const name of Object.keys(offerValues(offer))) {
    if (name === 'fw_tag' || name === 'fw_checksum_algorithm') continue;
    expect(readOffer({ ...offerValues(offer), [name]: undefined }), name).toBeUndefined();
    expect(readOffer({ ...offerValues(offer), [name]: '' }), name).toBeUndefined();
  }
  expect(readOffer({ ...offerValues(offer), fw_size: -1 })).toBeUndefined();
});

test('every part of a statement changes it, the order of the models does not', () => {
  const text = firmwareStatement(offer);
  expect(firmwareStatement({ ...offer, models: [...offer.models].reverse() })).toBe(text);
  for (const change of [{ title: 'x' }, { version: '2' }, { models: ['lock'] }, { size: 1 }, { hash: '00' }])
    expect(firmwareStatement({ ...offer, ...change })).not.toBe(text);
});

test('a report is read from whatever a device sends, and never throws', () => {
  expect(readReport({ temperature: 1 })).toBeUndefined();
  expect(readReport({ current_fw_title: 'meter', current_fw_version: '2', fw_state: 'UPDATED', x: 1 })).toEqual({
    title: 'meter',
    version: '2',
    state: 'UPDATED',
  });
  expect(readReport({ fw_state: 'EXPLODED' })).toBeUndefined();
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('current_fw_version', 'fw_state', 'fw_error', 'a'), fc.anything()),
      (any) => {
        const found = readReport(any);
        return found === undefined || (found.version ?? '').length <= 60;
      },
    ),
  );
});
