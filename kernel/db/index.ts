export { type Db, type DbOptions, inOwnTransaction, openDb } from './db.ts';
export { findMigrations, MigrationChanged, type MigrationFolder, migrate, schemaOf } from './migrate.ts';
export { type Generated, plannedAnew, type Query, sql, tables } from './query.ts';
export { passwordIn, type RoleUrls, roleUrls } from './roles.ts';
export { inSubtrees, movePaths, underPath } from './scope.ts';
export type { Tx } from './tx.ts';
