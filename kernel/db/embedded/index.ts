export {
  DatabaseBusy,
  DatabaseProgramsMissing,
  DatabaseStartFailed,
  DatabaseVersionDiffers,
  DataDirUnreachable,
} from './problems.ts';
export type { EmbeddedServer, Exit } from './running.ts';
export { type ServerOptions, startServer } from './server.ts';
