export { type CodecsService, codecs } from './module.ts';
export type {
  CodecBench,
  CodedCall,
  CodedFrame,
  FoundFrame,
  FrameDesk,
  FramePart,
  FramePoint,
  Outcome,
  Refused,
} from './ports.ts';
export type { AskForUsers } from './service.ts';
