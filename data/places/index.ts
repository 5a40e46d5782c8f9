export type { Grid, GridFloor, GridHouse } from './grid.ts';
export type { Follower, Occupancy } from './holdings.ts';
export type { ImportOptions } from './imports.ts';
export type { PlaceKind } from './kinds.ts';
export { type PlacesService, places } from './module.ts';
export { depthOf, isUnder, movedPath, type Place, type PlaceId, PlaceMissing } from './place.ts';
export type { ImportResult, PlaceChange, PlaceDraft, PlaceImportRow } from './schemas.ts';
export { faultSheet, type RowFault, readSheet, type SheetRow, sheetText, writeSheet } from './sheet.ts';
export type { PlaceNode } from './views.ts';
