import type { Thing, ThingModel } from '../queries.ts';

/** What every tab of a thing's page is given. */
export interface ThingTabProps {
  thing: Thing;
  /** The model version it speaks; undefined until that is known. */
  model: ThingModel | undefined;
}
