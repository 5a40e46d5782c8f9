import type { Installation } from '@keystead/kernel/testing';

export interface TestDevice {
  id: string;
  code: string;
  token: string;
}

/** A project with one device of a model in it, ready to speak; `gateway`: code of what it is behind. */
export async function oneDevice(
  platform: Installation,
  family = 'smoke-detector',
  code = 'DEV-1',
  gateway?: string,
): Promise<TestDevice> {
  const existing = await platform.call<{ items: { id: string }[] }>('GET', '/places?limit=1');
  const place =
    existing.items[0] ??
    (await platform.call<{ id: string }>('POST', '/places', {
      parent: null,
      kind: 'project',
      code: 'P1',
      name: '测试小区',
    }));
  const thing = await platform.call<{ id: string }>('POST', '/things', {
    code,
    name: `设备 ${code}`,
    family,
    placeId: place.id,
    ...(gateway === undefined ? {} : { gateway }),
  });
  const { value } = await platform.call<{ value: string }>('POST', `/things/${thing.id}/credentials`, {
    kind: 'token',
  });
  return { id: thing.id, code, token: value };
}

/** Asks until the answer pleases; throws with the last answer when it never does. */
export async function eventually<T>(ask: () => Promise<T>, pleases: (answer: T) => boolean, seconds = 15): Promise<T> {
  let last: T | undefined;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    last = await ask();
    if (pleases(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it did not come in ${seconds} s; last: ${JSON.stringify(last)?.slice(0, 2000)}`);
}

export interface AlarmPage {
  items: {
    id: string;
    condition: string;
    handling: string;
    severity: number;
    place: string;
    occurrences: number;
    subject: { id: string };
  }[];
}

export const alarmsOf = (platform: Installation, device: TestDevice): Promise<AlarmPage> =>
  platform.call('GET', `/alarms?state=all&subject=${device.id}`);
