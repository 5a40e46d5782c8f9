import type { Installation } from '@keystead/kernel/testing';
import { type Person, signIn } from './person.ts';

/** The first administrator of an empty installation, signed in with the second factor he had to set up. */
export const signInAdministrator = (platform: Installation): Promise<Person> => signIn(platform.url, platform.admin);

/** People of the organisation may then be made and signed in without a second factor; every listener is loopback. */
export async function waiveSecondFactor(admin: Person): Promise<void> {
  await admin.send('PATCH', '/identity/organisation', { secondFactor: 'waived-while-loopback' });
}
