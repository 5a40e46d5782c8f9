export { openPhone, type Phone } from './phone.ts';
