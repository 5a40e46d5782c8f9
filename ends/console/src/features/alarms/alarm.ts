import type { Reply } from '@keystead/sdk';
import type { sdk } from '../../shell/sdk.ts';

export type AlarmPageReply = Reply<typeof sdk.alarms.list>;
export type Alarm = AlarmPageReply['items'][number];
export type AlarmDetail = Reply<typeof sdk.alarms.get>;
export type Step = Parameters<typeof sdk.alarms.step>[0]['body']['step'];

export interface DeskFilter {
  state: 'open' | 'active' | 'all';
  severity?: number;
  text?: string;
  /** Path of a place: alarms of its subtree. */
  place?: string;
  /** Id of what the alarms are about. */
  subject?: string;
  /** Alarms of one cause as one row: only those that stand by themselves or lead. */
  gathered: boolean;
}
