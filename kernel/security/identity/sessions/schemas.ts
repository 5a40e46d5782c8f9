import { type Static, Type } from 'typebox';
import { IdText, Time } from '../rights/schemas.ts';

export const Status = Type.Enum(['active', 'second-factor', 'enrol', 'change-password']);
const Code = Type.String({ minLength: 6, maxLength: 40 });
const Password = Type.String({ minLength: 1, maxLength: 500 });

export const SignInBody = Type.Object({ username: Type.String({ minLength: 1, maxLength: 100 }), password: Password });
export const CodeBody = Type.Object({ code: Code });
export const AnswerBody = Type.Object({ password: Type.Optional(Password), code: Type.Optional(Code) });
export const PasswordBody = Type.Object({ current: Password, next: Password });
export const ProfileBody = Type.Object({ language: Type.Enum(['zh-CN', 'en']) });

/** `active` may begin; the others name what the session must do first. */
export const StepView = Type.Object({ status: Status });
export const RecoveryView = Type.Object({ recoveryCodes: Type.Array(Type.String()) });
export const EnrolledView = Type.Object({ status: Status, recoveryCodes: Type.Array(Type.String()) });
export const BegunView = Type.Object({ secret: Type.String(), uri: Type.String() });
export const FreshView = Type.Object({ freshUntil: Time });

export const CurrentView = Type.Object({
  status: Status,
  user: Type.Object({
    id: IdText,
    username: Type.String(),
    name: Type.String(),
    language: Type.String(),
    kind: Type.String(),
  }),
  organisation: Type.Object({ id: IdText, name: Type.String() }),
  permissions: Type.Array(Type.String()),
  /** Place paths; '' = the whole organisation. */
  scope: Type.Object({ subtrees: Type.Array(Type.String()) }),
  mustChangePassword: Type.Boolean(),
  secondFactor: Type.Object({ enrolled: Type.Boolean(), waived: Type.Boolean(), recoveryCodesLeft: Type.Integer() }),
  /** Of a session; null for a key. */
  session: Type.Union([
    Type.Object({ id: IdText, expiresAt: Time, freshUntil: Time, idleMinutes: Type.Integer() }),
    Type.Null(),
  ]),
});
export type CurrentView = Static<typeof CurrentView>;

export const SessionView = Type.Object({
  id: IdText,
  current: Type.Boolean(),
  status: Status,
  madeAt: Time,
  seenAt: Time,
  expiresAt: Time,
  from: Type.String(),
  userAgent: Type.String(),
});

export const PolicyView = Type.Object({
  /** The second factor is left out here and now; the sign-in page says so. */
  waived: Type.Boolean(),
  passwordLength: Type.Integer(),
  idleMinutes: Type.Integer(),
});

const Phone = Type.String({ pattern: '^1[0-9]{10}$', description: 'Mobile number' });
export const PhoneBody = Type.Object({ phone: Phone });
/** Seconds a code may be used. */
export const CodeSent = Type.Object({ seconds: Type.Integer() });
export const PhoneCodeBody = Type.Object({ phone: Phone, code: Type.String({ pattern: '^[0-9]{6}$' }) });
