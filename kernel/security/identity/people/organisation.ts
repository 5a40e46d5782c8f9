import { isIP } from 'node:net';
import { problem } from '@keystead/contracts/problem';
import type { Settings } from '@keystead/kernel/base/config';

/** An operating body 运营机构 runs places; a technical provider 技术服务方 and a supervising authority 监管部门 take part. */
export type OrganisationKind = 'operating-body' | 'technical-provider' | 'supervising-authority';

export interface Organisation {
  id: string;
  kind: OrganisationKind;
  name: string;
  secondFactor: 'required' | 'waived-while-loopback';
  idleMinutes: number;
  absoluteMinutes: number;
  version: number;
}

export class OrganisationMissing extends problem('organisation-missing', 404) {}
/** Only an operating body adds organisations. */
export class OrganisationNotOperating extends problem('organisation-not-operating', 403) {}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Does every listener stay on this machine? */
export const loopbackOnly = (settings: Pick<Settings, 'BIND' | 'CLEAR_TEXT_NETWORKS'>): boolean =>
  isLoopback(settings.BIND) && settings.CLEAR_TEXT_NETWORKS.trim() === '';

/** Is the second factor left out here and now? By policy of the organisation, and only while nobody else can reach us. */
export const isWaived = (
  organisation: Pick<Organisation, 'secondFactor'>,
  settings: Pick<Settings, 'BIND' | 'CLEAR_TEXT_NETWORKS'>,
): boolean => organisation.secondFactor === 'waived-while-loopback' && loopbackOnly(settings);
