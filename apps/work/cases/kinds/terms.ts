import { type CaseState, caseStates } from '../case.ts';
import type { WaitReason } from '../kind.ts';

export const minutes = (count: number): number => count * 60;
export const hours = (count: number): number => count * 3600;
export const days = (count: number): number => count * 86_400;

export const wholeSpine: readonly CaseState[] = caseStates;
export const spineWithout = (...absent: CaseState[]): readonly CaseState[] =>
  caseStates.filter((state) => !absent.includes(state));

/** Waiting for work of our own side keeps the clock running. */
export const siteWaits: readonly WaitReason[] = [
  { id: 'parts', name: { zh: '等待备件', en: 'Waiting for parts' }, pauses: true },
  { id: 'access', name: { zh: '无法进入现场', en: 'No access to the site' }, pauses: true },
  { id: 'supplier', name: { zh: '等待供应商', en: 'Waiting for a supplier' }, pauses: true },
  { id: 'colleague', name: { zh: '等待其他班组', en: 'Waiting for another team' }, pauses: false },
];

export const residentWaits: readonly WaitReason[] = [
  { id: 'resident', name: { zh: '等待住户', en: 'Waiting for the resident' }, pauses: true },
  ...siteWaits,
];
