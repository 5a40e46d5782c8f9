import { type FieldError, InputInvalid } from '@keystead/contracts/problem';

/** Refuses settings or devices that cannot be meant: throws `InputInvalid` when there are faults. */
export function mustBeMeant(channel: string, faults: FieldError[]): void {
  if (faults.length > 0) throw new InputInvalid({ channel }, faults);
}
