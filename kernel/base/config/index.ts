import { readSettings, type Settings } from './settings.ts';

export { readSettings, type Settings, SettingsInvalid, SettingsSchema } from './settings.ts';

/** The one place that reads the process environment. */
export const settingsFromEnvironment = (): Settings => readSettings(process.env);

/** A variable handed from the supervisor to a process it starts (never an operator's setting). */
export const handedDown = (name: string): string | undefined => process.env[`KEYSTEAD_${name}`];

/** The environment for a child process: ours, plus what is handed down. */
export const environmentFor = (handed: Record<string, string>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...Object.fromEntries(Object.entries(handed).map(([name, value]) => [`KEYSTEAD_${name}`, value])),
});
