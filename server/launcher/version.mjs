/** The oldest Node that runs the platform's TypeScript as it stands. */
export const oldestNode = '24.12.0';

/**
 * Whether a version such as `v24.12.0` or `24.12` is not older than another.
 * @param {string} version
 * @param {string} oldest
 */
export function atLeast(version, oldest) {
  const [found, wanted] = [parts(version), parts(oldest)];
  const at = found.findIndex((part, i) => part !== wanted[i]);
  return at === -1 || found[at] > wanted[at];
}

/** @param {string} version */
function parts(version) {
  const numbers = version.replace(/^v/, '').split('-')[0].split('.').map(Number);
  return [numbers[0] || 0, numbers[1] || 0, numbers[2] || 0];
}
