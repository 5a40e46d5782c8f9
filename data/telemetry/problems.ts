import { problem } from '@keystead/contracts/problem';

/** The thing's model has no such property, or not one this question can be asked of. */
export class PropertyMissing extends problem('telemetry-property-missing', 404) {}
/** `from` is not before `to`, or the span is longer than may be asked at once. */
export class SpanRefused extends problem('telemetry-span-refused', 400) {}
