export { type CitySettings, type Life, labelOf, lifeOf, rowsIn, waitingOf } from './city.ts';
export { type CityHome, type CityPlace, homeOf, placesOf } from './layout.ts';
export type { Bill, BillLine } from './money.ts';
export { noon } from './months.ts';
export type { Household, Person } from './people.ts';
export type { Application, LeaseTerm, Tenancy } from './tenancy.ts';
