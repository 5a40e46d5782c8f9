import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { Clock } from '@keystead/kernel/base';
import type { Tx } from '@keystead/kernel/db';
import type { Campaign } from './store.ts';

const rule = 'platform:firmware-paused';

/** A wave that was held by itself is an alarm; it clears when somebody lets it go on, or ends it. */
export function createPauseAlarm({ alarms, clock }: { alarms: Pick<AlarmsService, 'raise' | 'clear'>; clock: Clock }) {
  const about = ({ organisation, id, name }: Campaign) => ({
    organisation,
    rule,
    subject: { kind: 'firmware-campaign', id, code: name.slice(0, 60), name },
    eventTime: clock.now(),
  });
  return {
    raise: async (tx: Tx, campaign: Campaign, readings: Record<string, unknown>): Promise<void> => {
      await alarms.raise(tx, {
        ...about(campaign),
        place: campaign.place,
        title: { zh: `固件升级已暂停：${campaign.name}`, en: `Firmware campaign held: ${campaign.name}` },
        severity: 2,
        transferLevel: 2,
        readings,
      });
    },
    clear: async (tx: Tx, campaign: Campaign): Promise<void> => {
      await alarms.clear(tx, { ...about(campaign), readings: {} });
    },
  };
}

export type PauseAlarm = ReturnType<typeof createPauseAlarm>;
