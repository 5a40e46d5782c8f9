// Written by `npm run gen` from the API document; do not edit.
import type { Call } from './client.ts';

/** One method per operation, grouped as its id is: `alarms.acknowledge` → `api.alarms.acknowledge(…)`. */
export const createApi = (_call: Call) => ({
});

export type Api = ReturnType<typeof createApi>;
