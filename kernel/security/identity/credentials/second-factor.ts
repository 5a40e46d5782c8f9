import type { Tx } from '@keystead/kernel/db';

/**
 * A second thing to show besides the password. TOTP is one; WebAuthn, a code by SMS and a client certificate are to be
 * others behind the same three steps (I-8.3-a).
 */
export interface SecondFactor {
  readonly kind: string;
  /** Begins enrolment; what the person needs to set up his device. Begun again, the first beginning is void. */
  begin(tx: Tx, holder: FactorHolder): Promise<Record<string, string>>;
  /** Ends enrolment by a first answer; false when the answer is wrong. */
  confirm(tx: Tx, holder: FactorHolder, answer: string): Promise<boolean>;
  /** Checks an answer; each one is good once. */
  verify(tx: Tx, holder: FactorHolder, answer: string): Promise<boolean>;
}

export interface FactorHolder {
  account: string;
  organisation: string;
  userName: string;
}
