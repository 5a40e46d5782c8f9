import type { Kernel } from '@keystead/kernel/module';
import { groundOf } from './ground.ts';
import { createHoldings } from './holdings.ts';
import { createPlaceImports } from './imports.ts';
import { createPlaceWork } from './service.ts';
import { createPlaceViews } from './views.ts';

/** Joins the parts of the module; what comes out is what other modules know as `places`. */
export function createPlaces(kernel: Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit' | 'catalogue'>) {
  const holdings = createHoldings();
  const { follow, occupy } = holdings;
  return {
    ...createPlaceViews(kernel),
    ...createPlaceWork({ ...kernel, holdings }),
    ...createPlaceImports({ ...kernel, holdings }),
    follow,
    occupy,
    groundOf,
  };
}

export type PlacesService = ReturnType<typeof createPlaces>;
