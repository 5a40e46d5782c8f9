export { scriptChannel } from './channel.ts';
export { type Codecs, createCodecs, type ScriptCheck } from './codecs.ts';
export { type ScriptLimits, scriptLimits } from './limits.ts';
export { cutOf, decodedOf, encodedOf, fieldsOf } from './results.ts';
export { ScriptDevice, ScriptSettings } from './settings.ts';
