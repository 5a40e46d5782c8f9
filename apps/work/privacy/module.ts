import { cases } from '@keystead/apps/work/cases';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { defineModule } from '@keystead/kernel/module';
import { ownPrivacyRoutes, privacyRoutes } from './routes.ts';
import { createPrivacy, movePlaces } from './service.ts';

export const privacy = defineModule({
  name: 'privacy',
  needs: { cases, parties, places },
  files: import.meta.dirname,
  setup: (kernel, { cases, parties, places }) => {
    const service = createPrivacy({ ...kernel, cases, parties });
    kernel.http.mount('/privacy-requests', privacyRoutes(service));
    kernel.http.mount('/own-privacy-requests', ownPrivacyRoutes(service));
    places.follow(movePlaces);
    return service;
  },
});
