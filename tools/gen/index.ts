export { type Difference, difference, findDrift, type Generator, writeOutputs } from './generator.ts';
export { driftGenerators, modulesGenerator } from './generators.ts';
