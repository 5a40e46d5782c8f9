type Words = (key: string, values?: Record<string, string | number>) => string;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const countOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const reasons = ['down', 'lossy', 'lost', 'proven', 'slow', 'breaks', 'recovered'];

/** What an agent told of a line, in words; a form nobody knows stays as it came. */
export function lineWords(t: Words, event: string, data: unknown): string {
  if (!isObject(data)) return '—';
  const { channel, device, count, asked, from, to, reason } = data;
  const where = [textOf(channel), textOf(device)].filter(Boolean).join(' · ');
  const why = reasons.includes(textOf(reason)) ? t(`fleet.lineReasons.${textOf(reason)}`) : textOf(reason);
  switch (event) {
    case 'link-broken':
    case 'link-restored':
      return where || t('fleet.lineWhole');
    case 'link-lossy':
      return t('fleet.lineLost', { where, count: countOf(count), asked: countOf(asked) });
    case 'frames-damaged':
      return t('fleet.lineDamaged', { where, count: countOf(count) });
    case 'line-switched':
      return t('fleet.lineSettings', { where, from: countOf(from) + 1, to: countOf(to) + 1, why });
    case 'link-switched':
      return t('fleet.lineWay', { from: countOf(from) + 1, to: countOf(to) + 1, why });
    case 'parameters-changed':
      if (!isObject(from) || !isObject(to)) break;
      return t('fleet.lineWindow', {
        from: Math.round(countOf(from.window) / 1024),
        to: Math.round(countOf(to.window) / 1024),
        why,
      });
  }
  return JSON.stringify(data);
}
