import type { ThingModel } from '@keystead/contracts/thing-model';
import { type Model, type Platform, patiently } from '@keystead/simulator/platform';
import type { Naming } from './learning.ts';

export interface RegisteredTable {
  readonly id: string;
  readonly token: string;
  readonly modelVersion: number;
  readonly isNew: boolean;
}

/** Everything the table needs is in a published version already. */
const covers = (published: Model, wanted: ThingModel): boolean =>
  wanted.properties.every(({ id, type, unit }) =>
    published.properties.some((each) => each.id === id && each.type === type && each.unit === unit),
  );

/** Publishes the model, unless a version that fits is there, and registers the one thing, unless it is there. */
export async function registerTable(platform: Platform, model: ThingModel, naming: Naming): Promise<RegisteredTable> {
  const { api } = platform;
  const fitting = (await platform.models(naming.family)).find((each) => covers(each, model));
  const { version: _version, properties, ...draft } = model;
  const published =
    fitting ??
    (await patiently(() =>
      api.models.publish({ body: { ...draft, properties: properties.map(({ key: _key, ...property }) => property) } }),
    ));
  const { family, code, name } = naming;
  const standing = await platform.thing(code);
  if (standing && standing.modelVersion !== published.version)
    await patiently(() =>
      api.things.update({ params: { id: standing.id }, body: { modelVersion: published.version } }),
    );
  const id =
    standing?.id ??
    (
      await patiently(() =>
        api.things.create({
          body: {
            code,
            name,
            family,
            modelVersion: published.version,
            state: 'in-use',
            protocol: 'mqtt',
          },
        }),
      )
    ).id;
  // Tokens are shown once, and the last run's is gone with it.
  return { id, token: await platform.renewToken(id), modelVersion: published.version, isNew: !standing };
}
