import { parseArgs } from 'node:util';
import { Problem } from '@keystead/contracts/problem';
import { SettingsInvalid, settingsFromEnvironment } from '@keystead/kernel/base/config';
import { supervise } from './supervisor.ts';

/** `npm start`: everything, from an empty folder to a running platform. `--empty` leaves the demo community out. */
const { values } = parseArgs({ options: { empty: { type: 'boolean', default: false } }, allowPositionals: false });

try {
  await supervise(settingsFromEnvironment(), { demo: !values.empty });
} catch (cause) {
  if (cause instanceof SettingsInvalid || cause instanceof Problem) console.error(`✗ ${cause.message}`);
  else console.error(cause);
  process.exitCode = 1;
}
