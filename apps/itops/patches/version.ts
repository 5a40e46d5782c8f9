/** How versions of an ecosystem are ordered. Releases of one distribution (`debian:12`) share its order. */
type Order = (a: string, b: string) => number;

const digits = /^\d+$/;

const byNumber = (a: string, b: string): number => {
  const [left, right] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')];
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
};
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Semantic Versioning 2, rule 11: numbers below words, fewer identifiers below more. */
function comparePreRelease(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '') return 1;
  if (b === '') return -1;
  const [left, right] = [a.split('.'), b.split('.')];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [l, r] = [left[i] as string, right[i] as string];
    const numeric = Number(digits.test(r)) - Number(digits.test(l));
    const order = digits.test(l) && digits.test(r) ? byNumber(l, r) : numeric || byText(l, r);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

const semver = /^[v=]?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/;

const semantic: Order = (a, b) => {
  const [left, right] = [semver.exec(a.trim()), semver.exec(b.trim())];
  if (!left || !right) return dotted(a, b);
  for (const part of [1, 2, 3]) {
    const order = byNumber(left[part] ?? '0', right[part] ?? '0');
    if (order !== 0) return order;
  }
  return comparePreRelease(left[4] ?? '', right[4] ?? '');
};

/** `~` sorts before the end, the end before letters, letters before all else (Debian policy 5.6.12). */
const weight = (sign: string | undefined): number => {
  if (sign === undefined) return 0;
  if (sign === '~') return -1;
  return /[A-Za-z]/.test(sign) ? sign.charCodeAt(0) : sign.charCodeAt(0) + 256;
};

function debianPart(a: string, b: string): number {
  // Words and numbers in turn, a word (perhaps an empty one) first.
  const parts = (text: string): string[] => {
    const found = text.match(/\d+|\D+/g) ?? [];
    return digits.test(found[0] ?? '') ? ['', ...found] : [...found];
  };
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [l, r] = [left[i] ?? '', right[i] ?? ''];
    if (i % 2 === 1) {
      const order = byNumber(l || '0', r || '0');
      if (order !== 0) return order;
      continue;
    }
    for (let sign = 0; sign < Math.max(l.length, r.length); sign++) {
      const order = weight(l[sign]) - weight(r[sign]);
      if (order !== 0) return order;
    }
  }
  return 0;
}

const debian: Order = (a, b) => {
  const cut = (text: string) => {
    const colon = text.indexOf(':');
    const rest = text.slice(colon + 1);
    const dash = rest.lastIndexOf('-');
    return {
      epoch: colon === -1 ? '0' : text.slice(0, colon),
      upstream: dash === -1 ? rest : rest.slice(0, dash),
      revision: dash === -1 ? '' : rest.slice(dash + 1),
    };
  };
  const [left, right] = [cut(a.trim()), cut(b.trim())];
  return (
    byNumber(left.epoch, right.epoch) ||
    debianPart(left.upstream, right.upstream) ||
    debianPart(left.revision, right.revision)
  );
};

const unfinished = /^(dev|alpha|a|beta|b|pre|preview|rc|snapshot|m|milestone)$/;

/** Where a missing part stands: `1.0` = `1.0.0`, `1.0-rc1` before it, `1.0.2k` after `1.0.2`. */
const rank = (part: string | undefined): number => {
  if (part === undefined || /^0*$/.test(part)) return 0;
  if (digits.test(part)) return 2;
  return unfinished.test(part) ? -1 : 1;
};

const dotted: Order = (a, b) => {
  const parts = (text: string) =>
    text
      .trim()
      .toLowerCase()
      .replace(/^v(?=\d)/, '')
      .match(/\d+|[a-z]+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [l, r] = [left[i], right[i]];
    const order = rank(l) - rank(r);
    if (order !== 0) return order;
    if (l === undefined || r === undefined) continue;
    const inside = digits.test(l) ? byNumber(l, r) : byText(l, r);
    if (inside !== 0) return inside;
  }
  return 0;
};

const orders: Readonly<Record<string, Order>> = { npm: semantic, debian, ubuntu: debian, deb: debian };

/** Negative when `a` is the older one. Never throws: what no rule knows is compared part by part. */
export function compareVersions(ecosystem: string, a: string, b: string): number {
  const order = orders[ecosystem.toLowerCase().split(':')[0] ?? ''] ?? dotted;
  return order(a, b);
}
