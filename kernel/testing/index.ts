export { type EmbeddedServer, startServer } from '@keystead/kernel/db/embedded';
export {
  freePort,
  type Installation,
  type InstallationOptions,
  type InstallationPorts,
  startInstallation,
} from '@keystead/kernel/testing/installation';
export { clause } from './clause.ts';
export { makeTemplate, type TestDatabase, testDatabase } from './database.ts';
export { type Mosquitto, startMosquitto } from './mosquitto.ts';
export { startPlatform, type TestPlatform } from './platform.ts';
export { smtpRelay } from './smtp-relay.ts';
