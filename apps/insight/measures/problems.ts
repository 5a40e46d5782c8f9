import { problem } from '@keystead/contracts/problem';

export class MeasureMissing extends problem('measure-missing', 404) {}
