import { enrol, signIn } from '../person.ts';
import { authenticator } from '../totp.ts';
import { browser } from '../visitor.ts';
import type { Examples } from './example.ts';

/** Signing in and what people do with their own sessions: each by somebody of its own. */
export const sessions = (url: string): Examples => ({
  'sessions.create': async (world) => {
    const { id, username, password } = await world.person();
    return { as: { id, ask: browser(url).ask }, body: { username, password } };
  },
  'sessions.setLanguage': async (world) => ({ as: await world.person(), body: { language: 'en' } }),
  'sessions.end': async (world) => ({ as: await world.person() }),
  'sessions.verify': async (world) => {
    const person = await world.person();
    const code = await enrol(person);
    const { id, username, password } = person;
    const page = browser(url);
    await page.send('POST', '/sessions', { username, password });
    return { as: { id, ask: page.ask }, body: { code: code() } };
  },
  'sessions.confirm': async (world) => {
    const person = await world.person();
    return { as: person, body: { password: person.password } };
  },
  'sessions.changePassword': async (world) => {
    const person = await world.person();
    return { as: person, body: { current: person.password, next: 'aspen-beyond-7-bridges' } };
  },
  'sessions.beginEnrolment': async (world) => ({ as: await world.person() }),
  'sessions.confirmEnrolment': async (world) => {
    const person = await world.person();
    const { secret } = await person.send<{ secret: string }>('POST', '/sessions/current/enrolment');
    return { as: person, body: { code: authenticator(secret)() } };
  },
  'sessions.removeFactor': async (world) => {
    const person = await world.person();
    await enrol(person);
    return { as: person };
  },
  'sessions.renewRecovery': async (world) => {
    const person = await world.person();
    await enrol(person);
    return { as: person };
  },
  'sessions.revoke': async (world) => {
    const person = await world.person();
    await signIn(url, person);
    const { items } = await person.get<{ items: { id: string; current: boolean }[] }>('/sessions');
    return { as: person, params: { id: items.find(({ current }) => !current)?.id ?? '' } };
  },
});
