import { join } from 'node:path';
import { writeOutputs } from './generator.ts';
import { driftGenerators, modulesGenerator } from './generators.ts';

// npm run gen [-- name …]: writes the generated files that differ from what is true now.

const root = join(import.meta.dirname, '../..');
const wanted = process.argv.slice(2);
const generators = [...driftGenerators(root), modulesGenerator(root)];

const unknown = wanted.filter((name) => !generators.some((generator) => generator.name === name));
if (unknown.length > 0) {
  console.error(
    `No generator is called ${unknown.join(', ')}. There are: ${generators.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

for (const generator of generators) {
  if (wanted.length > 0 && !wanted.includes(generator.name)) continue;
  const written = await writeOutputs(root, generator);
  console.log(`${generator.name}: ${written.length === 0 ? 'nothing new' : written.join(', ')}`);
}
// Composing the platform for its API document may leave handles open; there is nothing more to do here.
process.exit(0);
