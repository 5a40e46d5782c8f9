import { createLog } from '@keystead/kernel/base';
import { handedDown, settingsFromEnvironment } from '@keystead/kernel/base/config';
import { compose } from './compose.ts';

/**
 * Makes the first organisation and administrator when there are none, and the keys the settings or the demo ask for.
 * A short-lived process: the supervisor, which lives as long as the platform, loads none of the modules.
 */
const settings = settingsFromEnvironment();
const platform = await compose({
  role: 'tool',
  settings,
  log: createLog('bootstrap', settings.LOG_LEVEL),
  urls: { app: handedDown('APP_URL') ?? '', system: handedDown('SYSTEM_URL') ?? '' },
});
try {
  const demoKey = handedDown('DEMO_KEY');
  const admin = await platform.services.identity.bootstrap({ demo: demoKey !== undefined, demoKey });
  process.send?.({ ready: true, admin });
} finally {
  await platform.stop();
  process.disconnect?.();
}
