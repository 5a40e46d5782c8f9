export type { Edge, FileFacts, ModuleDeclaration, NameCall, Spot, TextCall } from './fact.ts';
export { type Place, placeOf, resolve, type Target } from './place.ts';
export { isCode, isTest, openTree, type SourceTree } from './tree.ts';
