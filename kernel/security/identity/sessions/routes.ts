import { type Answer, type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { SignInBlocked } from '../credentials/attempts.ts';
import { PasswordTooWeak } from '../credentials/password-rules.ts';
import { IdText } from '../rights/schemas.ts';
import type { Current } from './current.ts';
import type { Enrolment } from './enrolment.ts';
import type { Own } from './own.ts';
import * as schemas from './schemas.ts';
import {
  AnswerRefused,
  ConfirmationNeeded,
  cookieName,
  FactorPresent,
  FactorRequired,
  SessionMissing,
  SessionNotReady,
  SignInRefused,
} from './session.ts';
import type { SigningIn } from './signing-in.ts';
import type { Step } from './steps.ts';
import type { Session } from './store.ts';

export interface SessionServices {
  signingIn: SigningIn;
  own: Own;
  enrolment: Enrolment;
  current: Current;
}

const answers = [AnswerRefused, SignInBlocked, SessionNotReady, SessionMissing];

/** Puts the new token into the cookie; the body says only what comes next. */
function stepped<S extends Step>({ token, ...rest }: S, answer: Answer): Omit<S, 'token'> {
  answer.cookie(cookieName, token);
  return rest;
}

const view = (session: Session, mine: string | undefined) => ({
  id: session.id,
  current: session.id === mine,
  status: session.status,
  madeAt: session.madeAt.toISOString(),
  seenAt: session.seenAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  from: session.from,
  userAgent: session.userAgent,
});

const signing = ({ signingIn, own, current }: SessionServices): MountedRoute[] => [
  route({
    id: 'sessions.create',
    at: 'POST /',
    summary: 'Sign in with name and password',
    open: true,
    body: schemas.SignInBody,
    reply: schemas.StepView,
    status: 201,
    rate: 300,
    problems: [SignInRefused, SignInBlocked],
    run: async ({ actor, body, facts, answer }) => {
      const opened = await signingIn.open(facts, body);
      // The session the browser still had ends; its token is not carried over.
      if (actor?.session !== undefined) await own.signOut(actor);
      answer.cookie(cookieName, opened.token);
      return { status: opened.status };
    },
  }),
  route({
    id: 'sessions.sendCode',
    at: 'POST /codes',
    summary: 'Ask for a one-time code by text message; the same answer for a number nobody has',
    open: true,
    body: schemas.PhoneBody,
    reply: schemas.CodeSent,
    rate: 20,
    problems: [SignInBlocked],
    run: async ({ body, facts }) => ({ seconds: await signingIn.sendCode(facts, body.phone) }),
  }),
  route({
    id: 'sessions.createByCode',
    at: 'POST /by-code',
    summary: 'Sign in as a tenant with phone number and one-time code',
    open: true,
    body: schemas.PhoneCodeBody,
    reply: schemas.StepView,
    status: 201,
    rate: 60,
    problems: [SignInRefused, SignInBlocked],
    run: async ({ actor, body, facts, answer }) => {
      const opened = await signingIn.openByCode(facts, body);
      if (actor?.session !== undefined) await own.signOut(actor);
      answer.cookie(cookieName, opened.token);
      return { status: opened.status };
    },
  }),
  route({
    id: 'sessions.policy',
    at: 'GET /policy',
    summary: 'What the sign-in page must say before anyone is signed in',
    open: true,
    reply: schemas.PolicyView,
    run: () => current.policy(),
  }),
  route({
    id: 'sessions.current',
    at: 'GET /current',
    summary: 'Who is signed in, and what he may do',
    signedIn: true,
    reply: schemas.CurrentView,
    problems: [SessionMissing],
    run: ({ actor }) => current.current(actor),
  }),
  route({
    id: 'sessions.setLanguage',
    at: 'PATCH /current',
    summary: 'Choose the language of pages and messages',
    signedIn: true,
    body: schemas.ProfileBody,
    reply: schemas.CurrentView,
    run: ({ actor, body }) => current.setLanguage(actor, body.language),
  }),
  route({
    id: 'sessions.end',
    at: 'DELETE /current',
    summary: 'Sign out',
    signedIn: true,
    problems: [SessionMissing],
    run: async ({ actor, answer }) => {
      await own.signOut(actor);
      answer.cookie(cookieName, null);
    },
  }),
];

const stepping = ({ own, enrolment }: SessionServices): MountedRoute[] => [
  route({
    id: 'sessions.verify',
    at: 'POST /current/second-factor',
    summary: 'Show the second factor: a code of the device, or one from paper',
    signedIn: true,
    body: schemas.CodeBody,
    reply: schemas.StepView,
    problems: answers,
    run: async ({ actor, body, answer }) => stepped(await own.showFactor(actor, body.code), answer),
  }),
  route({
    id: 'sessions.confirm',
    at: 'POST /current/confirmation',
    summary: 'Show the password or a code once more before sensitive acts',
    signedIn: true,
    body: schemas.AnswerBody,
    reply: schemas.FreshView,
    problems: answers,
    run: ({ actor, body }) => own.confirm(actor, body),
  }),
  route({
    id: 'sessions.changePassword',
    at: 'POST /current/password',
    summary: 'Change one’s password; all other sessions end',
    signedIn: true,
    body: schemas.PasswordBody,
    reply: schemas.StepView,
    problems: [...answers, PasswordTooWeak],
    run: async ({ actor, body, answer }) => stepped(await own.changePassword(actor, body.current, body.next), answer),
  }),
  route({
    id: 'sessions.beginEnrolment',
    at: 'POST /current/enrolment',
    summary: 'Begin to set up a second factor: what the authenticator app needs',
    signedIn: true,
    reply: schemas.BegunView,
    problems: [FactorPresent, ConfirmationNeeded, SessionNotReady, SessionMissing],
    run: async ({ actor }) => {
      const { secret = '', uri = '' } = await enrolment.begin(actor);
      return { secret, uri };
    },
  }),
  route({
    id: 'sessions.confirmEnrolment',
    at: 'POST /current/enrolment/confirmation',
    summary: 'End the set-up with a first code; recovery codes are in the answer, once',
    signedIn: true,
    body: schemas.CodeBody,
    reply: schemas.EnrolledView,
    problems: answers,
    run: async ({ actor, body, answer }) => stepped(await enrolment.confirm(actor, body.code), answer),
  }),
  route({
    id: 'sessions.removeFactor',
    at: 'DELETE /current/enrolment',
    summary: 'Give the second factor up, where none is required',
    signedIn: true,
    problems: [FactorRequired, ConfirmationNeeded, SessionNotReady],
    run: ({ actor }) => enrolment.remove(actor),
  }),
  route({
    id: 'sessions.renewRecovery',
    at: 'POST /current/recovery-codes',
    summary: 'Another ten recovery codes; the old ones are void',
    signedIn: true,
    reply: schemas.RecoveryView,
    problems: [ConfirmationNeeded, SessionNotReady],
    run: ({ actor }) => enrolment.renewRecovery(actor),
  }),
];

const owning = ({ own }: SessionServices): MountedRoute[] => [
  route({
    id: 'sessions.list',
    at: 'GET /',
    summary: 'One’s own open sessions',
    signedIn: true,
    reply: Type.Object({ items: Type.Array(schemas.SessionView) }),
    problems: [SessionNotReady],
    run: async ({ actor }) => ({ items: (await own.list(actor)).map((each) => view(each, actor.session)) }),
  }),
  route({
    id: 'sessions.revoke',
    at: 'DELETE /:id',
    summary: 'End another session of one’s own',
    signedIn: true,
    params: Type.Object({ id: IdText }),
    problems: [SessionMissing, SessionNotReady],
    run: ({ actor, params }) => own.revoke(actor, params.id),
  }),
];

export const sessionRoutes = (services: SessionServices): MountedRoute[] => [
  ...signing(services),
  ...stepping(services),
  ...owning(services),
];
