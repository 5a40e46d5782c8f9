export { createDataKeys, DataKeyMissing, DataKeyShredded, type DataKeys } from './data-keys.ts';
export { type Envelope, KeyDamaged, openEnvelope } from './envelope.ts';
