export { type Fact, KeyValue } from './KeyValue.tsx';
