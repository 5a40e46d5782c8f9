export { smtpRelay } from './smtp-relay.ts';
