import { type Course, shown, uneventful, type Values } from './course.ts';
import { hourOf } from './day.ts';
import { rssi } from './radio.ts';
import { between, noise } from './random.ts';

/** A home gateway: bored, on mains, four devices behind it. */
export const homeGateway = (seed: number, devices: number): Course => ({
  values: (at) => ({
    devices,
    uptime: Math.floor((at + between(seed, 41, 0, 90) * 86_400_000) / 1000) % (120 * 86_400),
    latency: shown(14 + 6 * noise(seed + 42, at, 120_000), 0.1),
    loss: shown(Math.max(0, 0.4 * noise(seed + 43, at, 600_000) - 0.25), 0.1),
    mains: true,
    rssi: rssi(seed, at),
  }),
  events: uneventful,
});

/** A camera in a staircase or at the gate. */
export const camera = (seed: number): Course => ({
  values: (at) => ({
    recording: true,
    covered: false,
    storageUsed: shown(62 + 20 * noise(seed + 51, at, 7 * 86_400_000), 0.1),
    bitrate: Math.round(3_800 + 500 * noise(seed + 52, at, 90_000)),
    latency: shown(22 + 8 * noise(seed + 53, at, 60_000), 0.1),
    loss: shown(Math.max(0, 0.3 * noise(seed + 54, at, 300_000)), 0.1),
  }),
  events: uneventful,
});

/** Someone elderly at home: lies at night, sits and stands by day, goes out for a walk. */
export const vitalSigns = (seed: number): Course => ({
  values: (at): Values => {
    const hour = hourOf(at);
    const asleep = hour < 6 || hour >= 22 || (hour >= 12.7 && hour < 13.8);
    const out = hour >= 9 && hour < 10.2;
    if (out) return { present: false, posture: 'none', rssi: rssi(seed, at) };
    const calm = asleep ? 58 : 72;
    const moving = noise(seed + 61, at, 900_000);
    return {
      present: true,
      heartRate: Math.round(calm + 5 * noise(seed + 62, at, 240_000) + (asleep ? 0 : 6 * moving)),
      breathRate: Math.round((asleep ? 14 : 17) + 1.5 * noise(seed + 63, at, 300_000)),
      posture: asleep ? 'lying' : moving > 0.3 ? 'standing' : 'sitting',
      rssi: rssi(seed, at),
    };
  },
  events: uneventful,
});

/** A server in the machine room: the office day, backups at two in the morning. */
export const host = (seed: number): Course => ({
  values: (at) => {
    const hour = hourOf(at);
    const day = Math.exp(-(((hour - 14) / 5) ** 2));
    const backup = Math.exp(-(((hour - 2) / 0.4) ** 2));
    const busy = 12 + 35 * day + 22 * backup + 8 * noise(seed + 71, at, 120_000) + 3 * noise(seed + 72, at, 20_000);
    const cpu = Math.min(84, Math.max(2, busy));
    return {
      cpu: shown(cpu, 0.1),
      memory: shown(58 + 8 * day + 5 * noise(seed + 73, at, 1_800_000), 0.1),
      disk: shown(between(seed, 74, 45, 68) + 3 * noise(seed + 75, at, 3 * 86_400_000), 0.1),
      load: shown((cpu / 100) * 8, 0.01),
      received: Math.round(900 + 4_000 * day + 400 * noise(seed + 76, at, 30_000)),
      sent: Math.round(700 + 3_000 * day + 9_000 * backup + 300 * noise(seed + 77, at, 30_000)),
      latency: shown(1.2 + 0.4 * noise(seed + 78, at, 60_000), 0.1),
      loss: 0,
      uptime: Math.floor((at + between(seed, 79, 0, 200) * 86_400_000) / 1000) % (300 * 86_400),
    };
  },
  events: uneventful,
});
