export { askCommunity, type FaultReply, type FaultRequest, linePath, openLine } from './line.ts';
