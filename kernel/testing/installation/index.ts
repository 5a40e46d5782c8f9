export { discard } from './folder.ts';
export {
  type Installation,
  type InstallationOptions,
  startInstallation,
} from './installation.ts';
export { freePort, type InstallationPorts } from './ports.ts';
export { prepareDatabase } from './prepared.ts';
export { runFolder } from './run-folder.ts';
