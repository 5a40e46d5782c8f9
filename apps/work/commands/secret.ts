import { problem } from '@keystead/contracts/problem';
import { isSecretName } from '@keystead/kernel/security/audit';

/** What is kept for later runs holds no secrets: a PIN is given by the hand that means it. */
export class SecretNotKept extends problem('command-secret-not-kept', 422) {}

const deepest = 8;

/** A value as it may be shown and kept in clear: what is named like a secret is left out. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return '…';
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, isSecretName(key) ? null : withoutSecrets(each, depth + 1)]),
  );
}

/** Whether `withoutSecrets` would leave something out. */
export function holdsSecrets(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > deepest) return true;
  if (Array.isArray(value)) return value.some((each) => holdsSecrets(each, depth + 1));
  return Object.entries(value).some(
    ([key, each]) => (each !== null && isSecretName(key)) || holdsSecrets(each, depth + 1),
  );
}

/** Throws SecretNotKept. */
export function refuseSecrets(value: unknown, pointer: string): void {
  if (holdsSecrets(value)) throw new SecretNotKept({}, [{ pointer, code: 'secret' }]);
}
