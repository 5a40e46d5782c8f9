import type { Component } from './software.ts';

/** A component with what its packager tells of it. */
export interface Part extends Component {
  readonly license?: string;
  /** Subresource integrity of the package file: `sha512-…`. */
  readonly integrity?: string;
  /** Installed to build or test the platform, not to run it. */
  readonly development?: boolean;
}

export interface SoftwareBill {
  readonly name: string;
  readonly version: string;
  readonly parts: readonly Part[];
}

/** Package URL (purl): `pkg:npm/%40fastify/cookie@11.1.5`. */
export function purlOf({ ecosystem, name, version }: Component): string {
  const [kind = '', release] = ecosystem.split(':');
  const path = name.split('/').map(encodeURIComponent).join('/');
  const at = encodeURIComponent(version);
  if (kind === 'debian' || kind === 'ubuntu')
    return `pkg:deb/${kind}/${path}@${at}${release ? `?distro=${kind}-${release}` : ''}`;
  return `pkg:${kind}/${path}@${at}`;
}

function hashOf(integrity: string | undefined) {
  const [, size, content] = /^sha(256|384|512)-([A-Za-z0-9+/=]+)/.exec(integrity ?? '') ?? [];
  if (!size || !content) return {};
  return { hashes: [{ alg: `SHA-${size}`, content: Buffer.from(content, 'base64').toString('hex') }] };
}

const idLike = /^[A-Za-z0-9.+-]+$/;
const licensesOf = (license: string | undefined) => {
  if (!license) return {};
  return { licenses: [idLike.test(license) ? { license: { id: license } } : { expression: license }] };
};

/** The bill as CycloneDX 1.6; `id` makes this reading of it unique. */
export function cycloneDx(bill: SoftwareBill, id: string, at: Date) {
  const components = bill.parts.map((part) => ({
    type: part.ecosystem === 'generic' ? ('platform' as const) : ('library' as const),
    'bom-ref': purlOf(part),
    name: part.name,
    version: part.version,
    purl: purlOf(part),
    scope: part.development ? ('excluded' as const) : ('required' as const),
    ...hashOf(part.integrity),
    ...licensesOf(part.license),
  }));
  const root = `pkg:generic/${bill.name}@${encodeURIComponent(bill.version)}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${id}`,
    version: 1,
    metadata: {
      timestamp: at.toISOString(),
      component: { type: 'application', 'bom-ref': root, name: bill.name, version: bill.version },
    },
    components,
  };
}
