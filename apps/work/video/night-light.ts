import type { CommandsService } from '@keystead/apps/work/commands';
import type { Actor } from '@keystead/contracts/access';
import { defaultZone } from '@keystead/contracts/calendar';
import type { Cameras } from './cameras.ts';

interface Wish {
  light: string;
  /** `19:00` */
  from: string;
  to: string;
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** The linkage that ships for perimeter cameras: motion at night turns a light on (H-6.2-c). */
export function createNightLight({
  cameras,
  commands,
}: {
  cameras: Cameras;
  commands: Pick<CommandsService, 'linkages'>;
}) {
  /** Writes an ordinary linkage rule, which people see and change where all others are. */
  return async (actor: Actor, id: string, { light, from, to }: Wish): Promise<{ linkage: string }> => {
    const camera = await cameras.get(actor, id);
    const rule = await commands.linkages.create(actor, {
      name: `夜间警示灯 ${camera.name}`.slice(0, 80),
      place: camera.place,
      enabled: true,
      trigger: { kind: 'event', family: 'camera', event: 'motion', thing: id },
      hours: { zone: defaultZone, weekly: [{ weekdays: everyDay, from, to }] },
      action: { kind: 'command', thing: light, service: 'on' },
      perMinute: 30,
    });
    return { linkage: rule.id };
  };
}

export type NightLight = ReturnType<typeof createNightLight>;
