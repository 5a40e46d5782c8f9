export { type Exit, type ExitKind, exitKinds } from './exit.ts';
export { exits } from './module.ts';
export type { ExitsService } from './setup.ts';
