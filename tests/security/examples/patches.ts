import { newWord } from '../world.ts';
import type { Examples } from './example.ts';

const draft = () => ({
  code: `CVE-${newWord()}`,
  title: '一处弱点',
  severity: 4,
  affected: [{ ecosystem: 'generic', name: 'nothing-we-run', ranges: [{ fixed: '1.0' }], versions: [] }],
});

export const patches: Examples = {
  'patches.addAdvisory': () => ({ body: draft() }),
  'patches.importAdvisories': () => ({ body: { format: 'osv', documents: [{ id: 'unreadable' }] } }),
  'patches.withdrawAdvisory': async (world) => ({ params: { id: await world.advisory(draft()) } }),
  'patches.check': () => ({}),
};
