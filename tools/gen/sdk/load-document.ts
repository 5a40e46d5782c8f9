import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiDocument } from './document.ts';

/** The API document of the platform; undefined while the tree has no server that could describe itself. */
export type LoadDocument = () => Promise<ApiDocument | undefined>;

interface DescribesItself {
  openApiDocument?: () => Promise<ApiDocument> | ApiDocument;
}

/** Asks `server/compose.ts` for `openApiDocument()`, once for all generators that read it. */
export function documentOf(root: string): LoadDocument {
  let asked: Promise<ApiDocument | undefined> | undefined;
  const ask = async (): Promise<ApiDocument | undefined> => {
    const file = join(root, 'server/compose.ts');
    if (!existsSync(file)) return undefined;
    const compose: DescribesItself = await import(pathToFileURL(file).href);
    if (typeof compose.openApiDocument !== 'function')
      throw new Error('server/compose.ts does not export openApiDocument()');
    return compose.openApiDocument();
  };
  return () => {
    asked ??= ask();
    return asked;
  };
}
