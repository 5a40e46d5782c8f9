import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What the demo community is told by the process that starts it, and by the operator (`DEMO_…`). */
export interface DemoSettings {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly mqttPort: number;
  readonly homes: number;
  /** Pace of simulated time; 0 = connected but silent. */
  readonly speed: number;
  /** Minutes between two mild faults on the average; 0 = none by themselves. */
  readonly faultMinutes: number;
  /** Where tokens, accounts and the simulated clock are kept. */
  readonly folder: string;
}

export class SettingInvalid extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

function numberFrom(environment: Environment, name: string, standard: number, least: number, most: number): number {
  // What is handed down goes before what stands in the operator's environment: it may come from the settings file.
  const text = environment[`KEYSTEAD_${name}`] || environment[name];
  if (!text) return standard;
  const value = Number(text);
  if (!(value >= least && value <= most))
    throw new SettingInvalid(`${name}: ${text} is not between ${least} and ${most}`);
  return value;
}

/** Folder of the demo's own files: handed down, else `demo` in the data folder of the installation. */
export function demoFolder(environment: Environment = process.env): string {
  if (environment.KEYSTEAD_DATA) return resolve(environment.KEYSTEAD_DATA);
  return environment.DATA_DIR ? resolve(environment.DATA_DIR, 'demo') : resolve('var', 'demo');
}

/** Settings of the community's process. Throws SettingInvalid. */
export function demoSettings(environment: Environment = process.env): DemoSettings {
  const { KEYSTEAD_API: apiUrl, KEYSTEAD_API_KEY: apiKey } = environment;
  if (!apiUrl || !apiKey)
    throw new SettingInvalid('KEYSTEAD_API and KEYSTEAD_API_KEY say which platform the demo is for');
  const faults = environment.DEMO_FAULTS?.trim().toLowerCase();
  return {
    apiUrl,
    apiKey,
    mqttPort: numberFrom(environment, 'MQTT', 1883, 1, 65_535),
    homes: Math.floor(numberFrom(environment, 'DEMO_HOMES', 1000, 1, 20_000)),
    speed: numberFrom(environment, 'DEMO_SPEED', 1, 0, 1000),
    faultMinutes: faults === 'off' ? 0 : numberFrom(environment, 'DEMO_FAULTS', 4, 0, 10_000),
    folder: environment.KEYSTEAD_DATA ? resolve(environment.KEYSTEAD_DATA) : join(tmpdir(), 'keystead-demo'),
  };
}

/** Where `npm run replay` finds the platform when its options do not say. */
export function replayAccess(environment: Environment = process.env): {
  apiUrl: string;
  apiKey?: string;
  mqttPort: number;
} {
  return {
    apiUrl: `http://127.0.0.1:${numberFrom(environment, 'PORT', 8080, 1, 65_535)}`,
    ...(environment.ADMIN_API_KEY ? { apiKey: environment.ADMIN_API_KEY } : {}),
    mqttPort: numberFrom(environment, 'MQTT_PORT', 1883, 1, 65_535),
  };
}
