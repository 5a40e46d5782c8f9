/** What a device's answer means. */
export interface Outcome {
  taken: boolean;
  /** Why the device did not do it, as it said. */
  failure?: string;
}

const longest = 200;
const words = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, longest);

/**
 * Devices answer in many ways: nothing at all, `true`, `{"ok":true}`, the value that was read. Only what clearly says
 * no is a refusal: `false`, `{"ok":false}`, `{"success":false}`, or an `error`.
 */
export function readReply(reply: unknown): Outcome {
  if (reply === false) return { taken: false, failure: 'refused' };
  if (typeof reply !== 'object' || reply === null || Array.isArray(reply)) return { taken: true };
  const { ok, success, error } = reply as { ok?: unknown; success?: unknown; error?: unknown };
  if (error !== undefined && error !== null && error !== false && error !== '') {
    const told = typeof error === 'object' && 'type' in error ? error.type : error;
    return { taken: false, failure: words(told) };
  }
  return ok === false || success === false ? { taken: false, failure: 'refused' } : { taken: true };
}
