import { problem } from '@keystead/contracts/problem';

export const requestKinds = ['see', 'correct', 'delete'] as const;
export type RequestKind = (typeof requestKinds)[number];
export type RequestState = 'open' | 'granted' | 'refused';

/** Days to answer a person (GB/T 35273 and common practice). */
export const answerDays = 30;

/** What a person asks concerning data of his own 个人信息权利请求. */
export interface RightsRequest {
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
  readonly party: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly proposal: string | null;
  readonly note: string;
  readonly caseId: string;
  readonly caseCode: string;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly decidedAt: Date | null;
  readonly answer: string | null;
  /** `corrected`, `copied`, `erased`, `restricted`. */
  readonly outcome: string | null;
  readonly keptUntil: Date | null;
  readonly version: number;
}

export class RightsRequestMissing extends problem('rights-request-missing', 404) {}
export class RightsRequestDecided extends problem('rights-request-decided', 409) {}
export class RightsRequestOpen extends problem('rights-request-open', 409) {}
/** A correction says what is right; other requests bring no values. */
export class RightsRequestInvalid extends problem('rights-request-invalid', 422) {}
export class OwnRightsRequest extends problem('own-rights-request', 409) {}
