export { clause } from './clause.ts';
export { makeTemplate, type TestDatabase, testDatabase } from './database.ts';
export { startPlatform, type TestPlatform } from './platform.ts';
