import { Overloaded, type Problem, type ProblemClass, problem } from '@keystead/contracts/problem';

/** Bytes that do not have the form the protocol asks for. */
export class PayloadMalformed extends problem('payload-malformed', 400) {}
export class PayloadTooLarge extends problem('payload-too-large', 413) {}
export class PayloadNotUtf8 extends problem('payload-not-utf8', 400) {}
/** A value that the property's type does not allow; it is never coerced. */
export class ValueWrongType extends problem('value-wrong-type', 400) {}
export class PropertyUnknown extends problem('property-unknown', 400) {}
export class EventUnknown extends problem('event-unknown', 400) {}
/** An event time that no clock could mean, or one too far ahead to be stored. */
export class TimeOutOfRange extends problem('time-out-of-range', 400) {}
/** A flag, not a refusal: the time is doubtful, the values are kept with quality `suspectClock`. */
export class ClockSuspect extends problem('clock-suspect', 400) {}
/** Nothing to tell the device within the time it waited. */
export class NothingPending extends problem('nothing-pending', 408) {}
export class MethodUnknown extends problem('method-unknown', 400) {}
/** A topic or path that is not the device's own. */
export class TopicForbidden extends problem('topic-forbidden', 403) {}
export class DeviceNotListed extends problem('device-not-listed', 403) {}
export class CredentialUnknown extends problem('credential-unknown', 401) {}
export class CredentialRevoked extends problem('credential-revoked', 401) {}
/** A second live session with the credential of the first. */
export class CredentialCloned extends problem('credential-cloned', 409) {}
/** Bytes that break the rules of the transport protocol itself. */
export class ProtocolViolated extends problem('protocol-violated', 400) {}
/** A frame whose checksum does not fit its bytes. */
export class ChecksumWrong extends problem('checksum-wrong', 400) {}
/** A device that was asked and did not answer in time. */
export class DeviceSilent extends problem('device-silent', 504) {}
/** A device that answered, and said no; `detail` in its own words. */
export class DeviceRefused extends problem('device-refused', 502) {}
/** A certificate nobody has said to trust; `detail` names its SHA-256 fingerprint and subject. */
export class CertificateUntrusted extends problem('certificate-untrusted', 403) {}
/** The data could not be committed; the device keeps it and sends it again. */
export class CommitFailed extends problem('commit-failed', 503) {}
export { Overloaded };

/** Why something was not taken. `pointer` is a JSON pointer into what was sent (RFC 6901). */
export interface Refusal {
  readonly problem: ProblemClass;
  readonly detail?: string;
  readonly pointer?: string;
  /** Device behind a gateway the refusal is about. */
  readonly device?: string;
}

export function refuse(kind: ProblemClass, detail?: string, pointer?: string, device?: string): Refusal {
  return { problem: kind, detail, pointer, device };
}

export function isRefusal(value: object): value is Refusal {
  return 'problem' in value && typeof (value as Refusal).problem === 'function';
}

/** The refusal as something to throw or to answer; `errors` lists the parts when there are several. */
export function problemOf(refusal: Refusal, parts: readonly Refusal[] = []): Problem {
  const Kind = refusal.problem as unknown as new (
    data?: Record<string, unknown>,
    errors?: { pointer: string; code: string; detail?: string }[],
  ) => Problem;
  const errors = parts.map((part) => ({ pointer: part.pointer ?? '', code: part.problem.type, detail: part.detail }));
  return new Kind(refusal.detail === undefined ? {} : { detail: refusal.detail }, errors);
}
