export type { Exit } from './exit.ts';
export { type ExitKind, exitKinds } from './kinds.ts';
export { exits } from './module.ts';
export type { ExitsService } from './setup.ts';
