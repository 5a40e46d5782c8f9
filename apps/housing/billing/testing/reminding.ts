import type { Estate } from './estate.ts';

/** A carrier that takes every text and keeps it, and days on which reminders go their round. */
export function remindingOf({ platform, service }: Estate) {
  const carried: { party: string; text: string }[] = [];
  const sentTo = '138****5678';
  service.dunning.useTexts({
    send: async ({ party, text }) => {
      carried.push({ party, text });
      return { ok: true, to: sentTo, proof: { ways: [{ way: 'sms', ok: true, sentTo }] } };
    },
  });
  return {
    carried,
    day: async (date: string): Promise<void> => {
      platform.clock.set(`${date}T02:00:00Z`);
      await service.dunning.pass();
      await service.dunning.deliver();
    },
  };
}

export type Reminding = ReturnType<typeof remindingOf>;
