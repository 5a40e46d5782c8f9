export { inhabitedHousing } from './housing-flow.ts';
export { ownerOf } from './owner.ts';
export { type Person, signIn } from './person.ts';
export { authenticator } from './totp.ts';
export { cookieName } from './visitor.ts';
