import type { AdvisoryDraft, AffectedPackage, AffectedRange, Severity } from './advisory.ts';
import { severityOfScore, severityOfWord, unrated } from './cvss.ts';
import { AdvisoryUnreadable, type Node, nodeOf, unescaped } from './document.ts';
import { ecosystemOf } from './software.ts';

/** A product of the tree, as its branches name it. */
interface Product {
  ecosystem: string;
  name: string;
  version?: string;
  range?: string;
}

const deepest = 12;

/** `pkg:npm/%40scope/name@1.2` → npm, @scope/name, 1.2. */
function readPurl(text: string | undefined): { ecosystem: string; name: string; version?: string } | undefined {
  const found = /^pkg:([a-z0-9.+-]+)\/([^@?#]+)(?:@([^?#]+))?(?:\?([^#]*))?/i.exec(text ?? '');
  if (!found) return undefined;
  const [, type = '', path = '', version, qualifiers = ''] = found;
  const [space, ...rest] = path.split('/').map((each) => unescaped(each));
  const distribution = type === 'deb';
  const release = /(?:^|&)distro=[a-z]+-([0-9.]+)/.exec(qualifiers)?.[1];
  return {
    ecosystem: ecosystemOf(distribution ? `${space}${release ? `:${release}` : ''}` : type),
    name: distribution ? rest.join('/') : [space, ...rest].join('/'),
    ...(version ? { version: unescaped(version) } : {}),
  };
}

function collect(branches: Node[], above: Product, into: Map<string, Product>, depth: number): void {
  if (depth > deepest) return;
  for (const branch of branches) {
    const [category, name] = [branch.text('category'), branch.text('name')];
    const here: Product = { ...above };
    if (category === 'product_name' && name) here.name = name;
    if (category === 'product_version' && name) here.version = name;
    if (category === 'product_version_range' && name) here.range = name;
    const product = branch.at('product');
    const id = product.text('product_id');
    const purl = readPurl(product.at('product_identification_helper').text('purl'));
    if (id && into.size < 20_000) into.set(id, { ...here, ...purl });
    collect(branch.list('branches'), here, into, depth + 1);
  }
}

/** Products by id; one that is a part of another stands for the part. */
function productsOf(tree: Node): Map<string, Product> {
  const products = new Map<string, Product>();
  collect(tree.list('branches'), { ecosystem: 'generic', name: '' }, products, 0);
  for (const relationship of tree.list('relationships')) {
    const id = relationship.at('full_product_name').text('product_id');
    const part = products.get(relationship.text('product_reference') ?? '');
    if (id && part) products.set(id, part);
  }
  return products;
}

/** `vers:npm/>=1.0|<1.2` or `<4.2`, or several bounds with commas. */
function rangeOf(text: string): { range: AffectedRange; versions: string[] } {
  const bounds = text.replace(/^vers:[a-z0-9.+-]+\//i, '').split(/[|,]/);
  const range: { introduced?: string; fixed?: string; lastAffected?: string } = {};
  const versions: string[] = [];
  for (const bound of bounds) {
    const [, sign = '', version = ''] = /^\s*(>=|<=|>|<|=)?\s*(.+?)\s*$/.exec(unescaped(bound)) ?? [];
    if (sign === '>=' || sign === '>') range.introduced = version;
    else if (sign === '<') range.fixed = version;
    else if (sign === '<=') range.lastAffected = version;
    else if (version && version !== '*') versions.push(version);
    else range.introduced = '0';
  }
  return { range, versions };
}

function affectedOf(product: Product, fixed: string | undefined): AffectedPackage {
  const { range, versions } = product.range ? rangeOf(product.range) : { range: {}, versions: [product.version ?? ''] };
  const bounded = Object.keys(range).length > 0;
  const ranges = bounded ? [{ ...range, ...(fixed && !range.fixed && !range.lastAffected ? { fixed } : {}) }] : [];
  return { ecosystem: product.ecosystem, name: product.name, ranges, versions: versions.filter(Boolean) };
}

function severityOf(document: Node, vulnerability: Node): Severity {
  const scores = vulnerability.list('scores').flatMap((each) => each.at('cvss_v3').number('baseScore') ?? []);
  if (scores.length > 0) return severityOfScore(Math.max(...scores));
  return severityOfWord(document.at('document').at('aggregate_severity').text('text')) ?? unrated;
}

/** Advisories from one CSAF 2.0 document, one for each of its vulnerabilities. Throws AdvisoryUnreadable. */
export function readCsaf(value: unknown): AdvisoryDraft[] {
  const root = nodeOf(value);
  const document = root.at('document');
  const id = document.at('tracking').text('id');
  const products = productsOf(root.at('product_tree'));
  const found = root.list('vulnerabilities').flatMap((vulnerability, index) => {
    const status = vulnerability.at('product_status');
    const named = (key: string) => status.texts(key).flatMap((each) => products.get(each) ?? []);
    const repaired = named('fixed');
    const affected = named('known_affected')
      .filter(({ name, version, range }) => name !== '' && (version || range))
      .map((product) => affectedOf(product, repaired.find(({ name }) => name === product.name)?.version));
    if (id === undefined || affected.length === 0) return [];
    return [
      {
        code: vulnerability.text('cve') ?? `${id}#${index + 1}`,
        title: (vulnerability.text('title') ?? document.text('title') ?? id).slice(0, 300),
        summary: vulnerability.list('notes').flatMap((note) => note.text('text') ?? [])[0] ?? '',
        severity: severityOf(root, vulnerability),
        affected,
        links: document
          .list('references')
          .flatMap((each) => each.text('url') ?? [])
          .slice(0, 20),
        publishedAt: document.at('tracking').date('initial_release_date'),
        withdrawnAt: null,
      },
    ];
  });
  if (found.length === 0) throw new AdvisoryUnreadable({ format: 'csaf' });
  return found;
}
