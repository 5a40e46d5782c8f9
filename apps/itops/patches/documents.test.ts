import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsaf } from './csaf.ts';
import { baseScore } from './cvss.ts';
import { AdvisoryUnreadable } from './document.ts';
import { readOsv } from './osv.ts';
import { readSoftware } from './software.ts';

describe('CVSS 3', () => {
  test.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
    ['CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 7.8],
    ['CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H', 5.9],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
    ['CVSS:4.0/AV:N', undefined],
  ])('%s → %s', (vector, score) => expect(baseScore(vector)).toBe(score));
});

describe('an OSV document', () => {
  const document = {
    id: 'GHSA-aaaa-bbbb-cccc',
    aliases: ['CVE-2026-0001'],
    summary: 'A header is not checked',
    published: '2026-05-01T00:00:00Z',
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
    affected: [
      {
        package: { ecosystem: 'npm', name: '@scope/thing' },
        ranges: [
          {
            type: 'SEMVER',
            events: [{ introduced: '0' }, { fixed: '1.2.3' }, { introduced: '2.0.0' }, { last_affected: '2.4.0' }],
          },
          { type: 'GIT', events: [{ introduced: 'abc' }] },
        ],
      },
      {
        package: { ecosystem: 'Debian:12', name: 'openssl' },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
      },
    ],
    references: [{ type: 'WEB', url: 'https://example.org/a' }],
  };
  test('gives one advisory with its spans; commits are left out', () =>
    expect(readOsv(document)).toEqual({
      code: 'CVE-2026-0001',
      title: 'A header is not checked',
      summary: '',
      severity: 1,
      affected: [
        {
          ecosystem: 'npm',
          name: '@scope/thing',
          ranges: [
            { introduced: '0', fixed: '1.2.3' },
            { introduced: '2.0.0', lastAffected: '2.4.0' },
          ],
          versions: [],
        },
        { ecosystem: 'debian:12', name: 'openssl', ranges: [{ introduced: '0' }], versions: [] },
      ],
      links: ['https://example.org/a'],
      publishedAt: new Date('2026-05-01T00:00:00Z'),
      withdrawnAt: null,
    }));
  test('that says nothing of any package is refused', () =>
    expect(() => readOsv({ id: 'X-1' })).toThrow(AdvisoryUnreadable));
});

describe('a CSAF document', () => {
  const vendor = (branches: unknown[]) => ({
    category: 'vendor',
    name: 'V',
    branches: [{ category: 'product_name', name: 'Gate', branches }],
  });
  const document = {
    document: { title: 'Gate', tracking: { id: 'V-1', initial_release_date: '2026-04-01T00:00:00Z' } },
    product_tree: {
      branches: [
        vendor([
          { category: 'product_version_range', name: 'vers:generic/>=4.0|<4.2', product: { product_id: 'old' } },
          { category: 'product_version', name: '4.2', product: { product_id: 'new' } },
          {
            category: 'product_version',
            name: '3.0.14',
            product: {
              product_id: 'deb',
              product_identification_helper: { purl: 'pkg:deb/debian/openssl@3.0.14-1?distro=debian-12' },
            },
          },
        ]),
      ],
      relationships: [{ product_reference: 'deb', full_product_name: { product_id: 'deb-in-os' } }],
    },
    vulnerabilities: [
      {
        cve: 'CVE-2026-0002',
        product_status: { known_affected: ['old', 'deb-in-os'], fixed: ['new'] },
        scores: [{ cvss_v3: { baseScore: 5.4 } }],
      },
    ],
  };
  test('gives an advisory for each vulnerability, with products by branch, package URL and relationship', () =>
    expect(readCsaf(document)).toMatchObject([
      {
        code: 'CVE-2026-0002',
        severity: 3,
        affected: [
          { ecosystem: 'generic', name: 'Gate', ranges: [{ introduced: '4.0', fixed: '4.2' }], versions: [] },
          { ecosystem: 'debian:12', name: 'openssl', ranges: [], versions: ['3.0.14-1'] },
        ],
      },
    ]));
  test('without a readable product is refused', () =>
    expect(() => readCsaf({ ...document, product_tree: {} })).toThrow(AdvisoryUnreadable));
});

test('whatever is given as a document or a software list is read or refused, nothing else', () => {
  const keys = [
    'id',
    'affected',
    'package',
    'name',
    'ranges',
    'events',
    'document',
    'vulnerabilities',
    'branches',
    'version',
  ];
  const value = fc.object({ key: fc.constantFrom(...keys), maxDepth: 5 });
  fc.assert(
    fc.property(value, (any) => {
      for (const read of [readOsv, readCsaf]) {
        try {
          read(any);
        } catch (cause) {
          if (!(cause instanceof AdvisoryUnreadable)) throw cause;
        }
      }
      readSoftware(any);
    }),
    { seed: 3, numRuns: 2000 },
  );
});

describe('a software list', () => {
  test('is an object of versions or a list', () => {
    expect(readSoftware({ postgresql: '17.2' }).components).toEqual([
      { ecosystem: 'generic', name: 'postgresql', version: '17.2' },
    ]);
    expect(readSoftware([{ name: 'openssl', version: '3.0.1-1', ecosystem: 'Debian:12' }]).components).toEqual([
      { ecosystem: 'debian:12', name: 'openssl', version: '3.0.1-1' },
    ]);
  });
  test('counts what cannot be read', () => {
    expect(readSoftware([{ name: 'x' }, 7, { name: 'y', version: '1' }])).toMatchObject({ unreadable: 2 });
    expect(readSoftware('firmware 3')).toEqual({ components: [], unreadable: 1 });
  });
});
