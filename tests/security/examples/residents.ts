import type { Examples } from './example.ts';

const today = (): string => new Date().toISOString().slice(0, 10);
const inAYear = (): string => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
const nobodyHasIt = '440308199901101512';

const parties: Examples = {
  'parties.add': async (world) => ({ body: { kind: 'supplier', name: '维保单位', placeId: await world.place() } }),
  'parties.edit': async (world) => ({
    params: { id: (await world.residents.household()).person },
    body: { name: '改名' },
  }),
  'parties.setFields': async (world) => ({
    params: { id: (await world.residents.household()).person },
    body: { fields: [{ field: 'phone', value: '13800138000' }], source: 'declared' },
  }),
  'parties.find': () => ({ body: { field: 'resident-id', value: nobodyHasIt } }),
  'parties.reveal': async (world) => ({
    params: { id: (await world.residents.household()).person },
    body: { fields: ['phone'], reason: '电话通知' },
  }),
  'parties.names': async (world) => ({
    body: { parties: [(await world.residents.household()).person], reason: '核对合同' },
  }),
  'parties.addMember': async (world) => ({
    params: { id: (await world.residents.household()).household },
    body: { name: '配偶', relation: 'spouse', from: today() },
  }),
  'parties.endMember': async (world) => {
    const { household, person } = await world.residents.household();
    return { params: { id: household, person }, body: { until: today() } };
  },
  'parties.recordConsent': async (world) => ({
    params: { id: (await world.residents.household()).person },
    body: { purposes: ['biometric-key'], wording: '2026-1' },
  }),
  'parties.registerPurpose': () => ({
    params: { field: 'bank-account' },
    body: { purpose: '退还保证金', basis: 'contract', retentionYears: 5 },
  }),
  'parties.endPurpose': () => ({ params: { field: 'bank-account' } }),
  'ownData.consent': async (world) => {
    await world.residents.ownPaper();
    return { body: { purposes: ['eligibility-check'], wording: '2026-1' } };
  },
  'ownData.withdraw': async (world) => ({ params: { id: await world.residents.consent() } }),
};

const households: Examples = {
  'households.open': async (world) => ({
    body: { household: await world.residents.bareHousehold(), by: 'register' },
  }),
  'households.tag': async (world) => ({
    params: { id: (await world.residents.household()).household },
    body: { tags: ['重点关注'] },
  }),
  'households.mark': async (world) => {
    const { household, person } = await world.residents.household();
    return { params: { id: household }, body: { person, kind: 'very-old', source: '身份证', validFrom: today() } };
  },
  'households.endMark': async (world) => ({ params: { id: await world.residents.mark() } }),
  'households.submitChange': async (world) => ({
    params: { id: (await world.residents.household()).household },
    body: {
      kind: 'housing',
      change: { fields: [{ field: 'housing', value: '无房' }] },
      evidence: [await world.residents.ownPaper()],
    },
  }),
  'households.revealChange': async (world) => ({
    params: { id: await world.residents.change() },
    body: { reason: '审核住房' },
  }),
  'households.decideChange': async (world) => ({
    params: { id: await world.residents.change() },
    body: { approved: true, reason: '材料属实' },
    as: await world.colleague(),
  }),
  'ownHousehold.putFile': async (world) => {
    await world.residents.ownPaper();
    return { query: { name: '证明.txt', mediaType: 'text/plain' }, bytes: Buffer.from('居住证明\n') };
  },
  'ownHousehold.submitChange': async (world) => ({
    body: {
      kind: 'housing',
      change: { fields: [{ field: 'housing', value: '无房' }] },
      evidence: [await world.residents.ownPaper()],
    },
  }),
  'ownHousehold.withdrawChange': async (world) => ({ params: { id: await world.residents.ownChange() } }),
};

const eligibility: Examples = {
  'eligibility.applyFor': async (world) => ({
    body: {
      ...{ name: `新家庭 ${world.word()}`, placeId: await world.place(), area: 0 },
      members: [{ name: '申请人', relation: 'applicant', fields: [{ field: 'income', value: '3000000' }] }],
    },
  }),
  'eligibility.open': async (world) => ({
    body: { household: (await world.residents.household()).household, kind: 'spot', area: 0 },
  }),
  'eligibility.step': async (world) => ({ params: { id: await world.residents.review() }, body: { step: 'submit' } }),
  'eligibility.stepMany': async (world) => ({
    body: { reviews: [await world.residents.review()], step: 'submit', dry: false },
  }),
  'eligibility.openYearly': () => ({ body: { before: inAYear() } }),
  'eligibility.waiveCheck': async (world) => {
    const { review, check } = await world.residents.check();
    return { params: { id: review, check }, body: { reason: '已人工核实' } };
  },
  'eligibility.impose': async (world) => ({
    params: { id: (await world.residents.household()).household },
    body: { hearing: await world.residents.hearing(), ground: 'fraud', reason: '隐瞒房产' },
  }),
  'eligibility.appealSanction': async (world) => ({
    params: { id: await world.residents.sanction() },
    body: { reason: '当事人到窗口申请' },
  }),
  'eligibility.answerSanction': async (world) => ({
    params: { id: await world.residents.appealedSanction() },
    body: { upheld: true, answer: '维持原决定' },
  }),
  'ownEligibility.appealSanction': async (world) => ({
    params: { id: await world.residents.ownSanction() },
    body: { reason: '另有原因' },
  }),
  'eligibility.setSource': () => ({
    params: { kind: 'market' },
    body: { url: 'http://127.0.0.1:9/none', secret: 'sixteen letters at least' },
  }),
  'ownEligibility.apply': async (world) => {
    await world.residents.noOwnReview();
    return { body: { area: 0 } };
  },
  'ownEligibility.step': async (world) => ({
    params: { id: await world.residents.ownReview() },
    body: { step: 'withdraw', reason: '不再申请' },
  }),
};

const policy: Examples = {
  'policy.draft': async (world) => ({ params: { id: await world.residents.draftPolicy() }, body: { title: '新版' } }),
  'policy.edit': async (world) => ({
    params: { id: await world.residents.draftPolicy() },
    body: { values: { 'idle-months': { value: 4, source: '市政府令' } } },
  }),
  'policy.publish': async (world) => ({
    params: { id: await world.residents.draftPolicy() },
    body: { effectiveFrom: inAYear() },
    as: await world.colleague(),
  }),
  'policy.replay': async (world) => ({
    params: { id: await world.residents.draftPolicy() },
    body: { from: new Date(Date.now() - 86_400_000).toISOString(), to: new Date().toISOString() },
  }),
};

const privacy: Examples = {
  'ownPrivacy.ask': async (world) => {
    await world.residents.ownPaper();
    return { body: { kind: 'see', note: '想看看' } };
  },
  'privacy.decide': async (world) => ({
    params: { id: await world.residents.rightsRequest() },
    body: { granted: true, answer: '已更正' },
    as: await world.colleague(),
  }),
};

export const residents: Examples = { ...parties, ...households, ...eligibility, ...policy, ...privacy };
