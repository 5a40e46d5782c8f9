export { type Console, openBrowser, openConsole, signIn } from './console.ts';
