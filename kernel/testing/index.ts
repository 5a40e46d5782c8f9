export { type EmbeddedServer, startServer } from '@keystead/kernel/db/embedded';
export { clause } from './clause.ts';
export { makeTemplate, type TestDatabase, testDatabase } from './database.ts';
export {
  type Installation,
  type InstallationOptions,
  type InstallationPorts,
  startInstallation,
} from './installation.ts';
export { startPlatform, type TestPlatform } from './platform.ts';
