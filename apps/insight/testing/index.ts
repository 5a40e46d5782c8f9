export { type City, put, seedCity } from './city.ts';
