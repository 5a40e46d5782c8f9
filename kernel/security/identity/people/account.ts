import { problem } from '@keystead/contracts/problem';

export type AccountState = 'active' | 'disabled' | 'deleted';

/** One person's way in. A deleted one keeps its id and names, so that history stays readable (I-5.1-a). */
export interface Account {
  id: string;
  organisation: string;
  kind: 'staff' | 'tenant';
  userName: string;
  name: string;
  phone: string;
  email: string;
  language: 'zh-CN' | 'en';
  state: AccountState;
  version: number;
  madeAt: Date;
}

export class AccountMissing extends problem('user-missing', 404) {}
export class UserNameTaken extends problem('user-name-taken', 409) {}
/** One cannot disable or delete oneself. */
export class OwnAccount extends problem('own-account', 409) {}

export const userNameForm = '^[A-Za-z0-9\\u4e00-\\u9fff][A-Za-z0-9\\u4e00-\\u9fff._@-]{1,63}$';
