import { lateTerm, lateWords } from '@keystead/apps/housing/leases';
import { type ContractFacts, contractPaper } from './contract-paper.ts';
import type { Template } from './template.ts';

/** A lease that is nobody's, to see how a wording reads before it is in force. */
const facts: Omit<ContractFacts, 'template' | 'at'> = {
  agreement: {
    code: 'ZL-0000-000000',
    parties: [
      { role: 'tenant', party: '', name: '承租人（示例）' },
      { role: 'lessor', party: '', name: '出租人（示例）' },
    ],
  },
  version: {
    number: 1,
    startsOn: '2026-01-01',
    endsOn: '2028-12-31',
    terms: { use: '居住', [lateTerm]: lateWords(5) },
    fees: [
      { subject: '租金', basis: { kind: 'fixed', amount: 120_000 }, startsOn: '2026-01-01', endsOn: null },
      { subject: '履约保证金', basis: { kind: 'once', amount: 240_000 }, startsOn: '2026-01-01', endsOn: null },
    ],
    digest: '',
  },
  house: '示例小区 1 栋 1 单元 101 室',
  previous: 'ZL-0000-000000',
  feeNames: new Map(),
  signed: [],
};

export const samplePaper = (template: Template, at: Date) => contractPaper({ ...facts, template, at });
