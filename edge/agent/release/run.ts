import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeRelease } from './release.ts';

const usage = `升级包 the package of an edge agent: an archive, and a manifest with its SHA-256 and signature

  --version VERSION   版本，如 0.2.0              what it will be called
  --key FILE          签名私钥（PEM, Ed25519）    private key it is signed with
  --out FOLDER        输出目录，默认 ./release    where it is put
  --libraries         连同依赖库                  the libraries from npm go along, for nodes that have others
  --root FOLDER       源码目录                    work tree it is made from, this one unless told`;

function main(): void {
  const { values } = parseArgs({
    options: {
      version: { type: 'string' },
      key: { type: 'string' },
      out: { type: 'string', default: './release' },
      libraries: { type: 'boolean', default: false },
      root: { type: 'string', default: join(import.meta.dirname, '../../..') },
      help: { type: 'boolean', default: false },
    },
  });
  const { version, key, out, libraries, root, help } = values;
  if (help) {
    console.log(usage);
    return;
  }
  if (version === undefined || key === undefined) throw new Error('--version and --key are needed');
  const wish = { root: resolve(root), version, key: readFileSync(resolve(key), 'utf8'), carries: libraries };
  const { archive, manifest } = makeRelease(wish);
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true });
  const name = join(folder, `${manifest.title}-${version}`);
  writeFileSync(`${name}.tar.gz`, archive);
  writeFileSync(`${name}.json`, `${JSON.stringify(manifest, undefined, 2)}\n`);
  console.log(JSON.stringify({ archive: `${name}.tar.gz`, manifest: `${name}.json`, size: archive.length }));
}

try {
  main();
} catch (cause) {
  console.error(`✗ ${(cause as Error).message}\n\n${usage}`);
  process.exitCode = 2;
}
