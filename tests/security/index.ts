export { signIn } from './person.ts';
export { cookieName } from './visitor.ts';
