import { join } from 'node:path';
import { ensureConsole } from './console.ts';

/**
 * Before black-box tests: the console and the apps of tenants and field workers as their sources stand, whoever starts the
 * tests. A build that fails is told of and the tests meet the pages of the last one.
 */
export default async function setup(): Promise<void> {
  await ensureConsole(join(import.meta.dirname, '../..'), console.log).catch((cause: unknown) => console.error(cause));
}
