import { records } from '@keystead/data/records';
import { defineModule } from '@keystead/kernel/module';
import { createPhotos } from './photos.ts';
import { createTrails } from './trail.ts';

export const handling = defineModule({
  name: 'handling',
  needs: { records },
  files: import.meta.dirname,
  setup: (kernel, { records }) => ({ ...createTrails(kernel), ...createPhotos({ ...kernel, records }) }),
});

export type HandlingService = ReturnType<typeof handling.setup>;
