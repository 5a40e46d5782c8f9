export { type Bearer, bearers, isBearer } from './bearer.ts';
