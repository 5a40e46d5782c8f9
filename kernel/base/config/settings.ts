import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

const Port = (standard: number) => Type.Integer({ minimum: 0, maximum: 65_535, default: standard });

/** Settings of the installation, by the names operators set them (see the README's table). */
export const SettingsSchema = Type.Object(
  {
    PORT: Port(8080),
    HTTPS_PORT: Port(8443),
    MQTT_PORT: Port(1883),
    MQTTS_PORT: Port(8883),
    DEVICE_HTTP_PORT: Port(8081),
    DEVICE_HTTPS_PORT: Port(8444),
    /** Address the TLS listeners bind to. Clear text stays on loopback whatever this says. */
    BIND: Type.String({ default: '127.0.0.1' }),
    /** Comma-separated networks for which clear text may leave loopback (K28); empty = none. */
    CLEAR_TEXT_NETWORKS: Type.String({ default: '' }),
    DATA_DIR: Type.String({ default: './var' }),
    DATABASE_URL: Type.Optional(Type.String()),
    DATABASE_PORT: Type.Optional(Port(0)),
    NATS_URL: Type.Optional(Type.String()),
    S3_URL: Type.Optional(Type.String()),
    ADMIN_PASSWORD: Type.Optional(Type.String({ minLength: 12 })),
    ADMIN_API_KEY: Type.Optional(Type.String({ minLength: 24 })),
    /** How far the clock of a device that signs its connection may be from ours, to either side (H-11.2-d). */
    DEVICE_CLOCK_SECONDS: Type.Integer({ default: 300, minimum: 10, maximum: 3600 }),
    LOG_LEVEL: Type.Union(
      ['trace', 'debug', 'info', 'warn', 'error', 'silent'].map((level) => Type.Literal(level)),
      { default: 'warn' },
    ),
    SAMPLES_DIR: Type.Optional(Type.String()),
    DEMO_SPEED: Type.Number({ default: 1, minimum: 0, maximum: 1000 }),
    DEMO_HOMES: Type.Integer({ default: 1000, minimum: 10, maximum: 20_000 }),
  },
  { additionalProperties: false },
);

export type Settings = Static<typeof SettingsSchema>;

/** All that is wrong with the settings, at once. */
export class SettingsInvalid extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`Settings cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** Defaults ← `keystead.json` in the working directory ← environment; an unknown key in the file is refused. */
export function readSettings(environment: NodeJS.ProcessEnv, file = resolve('keystead.json')): Settings {
  const written: Record<string, unknown> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const known = SettingsSchema.properties as Record<string, { type?: string }>;
  const merged: Record<string, unknown> = { ...written };
  for (const [name, schema] of Object.entries(known)) {
    const text = environment[name];
    if (text === undefined || text === '') continue;
    merged[name] = schema.type === 'integer' || schema.type === 'number' ? Number(text) : text;
  }
  const filled = Value.Default(SettingsSchema, merged);
  const faults = Value.Errors(SettingsSchema, filled).map(
    (error) => `${error.instancePath.slice(1) || 'settings'}: ${error.message}`,
  );
  if (faults.length > 0) throw new SettingsInvalid(faults);
  const settings = filled as Settings;
  settings.DATA_DIR = resolve(settings.DATA_DIR);
  return settings;
}
