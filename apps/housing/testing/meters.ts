import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import type { TestPlatform } from '@keystead/kernel/testing';

let fitted = 0;

/** A water and an electricity meter of a house. Answers how they report: a local time, then what the dials show, m³ and kWh. */
export async function fitMeters({ services, clock, actor }: TestPlatform, house: string) {
  const things = services.things as ThingsService;
  const fitter = actor('thing:write', 'place:read');
  const numbers: number[] = [];
  for (const family of ['water-meter', 'electricity-meter']) {
    const code = `${family}-${++fitted}`;
    const wish = { code, name: code, family, placeId: house, protocol: 'mqtt' };
    numbers.push((await things.create(fitter, wish as never)).number);
  }
  return async (at: string, ...values: number[]): Promise<void> => {
    const time = new Date(`${at}+08:00`).getTime() * 1000;
    const messages = values.map((value, index) => ({
      ...{ thing: numbers[index] ?? 0, time, keys: [1], values: [value], qualities: [0] },
    }));
    await (services.telemetry as TelemetryService).accept({ messages, received: clock.now().getTime() * 1000 });
  };
}
