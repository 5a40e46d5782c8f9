import type { Generator } from '../generator.ts';
import { emitSdk } from './emit.ts';
import type { LoadDocument } from './load-document.ts';

/** docs/openapi.json, as the API describes itself. */
export function openapiGenerator(load: LoadDocument): Generator {
  return {
    name: 'openapi',
    outputs: async () => {
      const document = await load();
      return new Map(document ? [['docs/openapi.json', `${JSON.stringify(document, null, 2)}\n`]] : []);
    },
  };
}

/** The typed client of ends/sdk. */
export function sdkGenerator(load: LoadDocument): Generator {
  return {
    name: 'sdk',
    outputs: async () => {
      const document = await load();
      return new Map(document ? [['ends/sdk/api.generated.ts', emitSdk(document)]] : []);
    },
  };
}
