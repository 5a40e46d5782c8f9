import { createLog } from '@keystead/kernel/base';
import type { Settings } from '@keystead/kernel/base/config';
import type { RoleUrls } from '@keystead/kernel/db';
import { compose } from './compose.ts';

export interface FirstAdministrator {
  username: string;
  /** Set when it was made just now; shown once. */
  password?: string;
}

/** Makes the first organisation and administrator when there are none, and the keys the settings or the demo ask for. */
export async function bootstrap(
  urls: Pick<RoleUrls, 'app' | 'system'>,
  settings: Settings,
  options: { demo: boolean; demoKey?: string },
): Promise<FirstAdministrator> {
  const platform = await compose({ role: 'tool', settings, log: createLog('bootstrap', settings.LOG_LEVEL), urls });
  try {
    return await platform.services.identity.bootstrap(options);
  } finally {
    await platform.stop();
  }
}
