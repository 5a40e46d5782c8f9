export { type CommandState, checkApprover, LevelTooLow, type Origin, OwnApproval } from './command.ts';
export type { Wish } from './examination.ts';
export { type CommandsService, commands } from './module.ts';
export type { OutgoingCall, Reach } from './outbox.ts';
export type { CommandFilter, CommandView, RunView } from './schemas.ts';
export type { Background } from './sending.ts';
