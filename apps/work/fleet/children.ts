import type { Actor } from '@keystead/contracts/access';
import type { AgentConfiguration } from '@keystead/contracts/agent';
import { Problem } from '@keystead/contracts/problem';
import type { ThingsService } from '@keystead/data/things';
import { type Db, inSubtrees, sql } from '@keystead/kernel/db';
import type { AgentRef } from './configurations.ts';

/** What became of the devices a configuration lists. */
export interface Registration {
  created: number;
  linked: number;
  /** Those that stand behind this agent already. */
  known: number;
  refused: { device: string; type: string }[];
}

/** A code people can read out, as the register of things takes it. */
const codeLike = /^[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff._:/#-]{0,62}$/;

type Deps = { db: Db; things: Pick<ThingsService, 'create' | 'relations'> };

/**
 * Registers the devices of a configuration behind their agent: those there are by their code, the others anew by their
 * family. Each on its own: one that cannot be is named and holds no other up.
 */
export function createChildren({ db, things }: Deps) {
  return async (actor: Actor, agent: AgentRef, { channels = [] }: AgentConfiguration): Promise<Registration> => {
    const devices = channels.flatMap((channel) => channel.devices);
    const behind = await things.relations.neighbours(actor, agent.id);
    const known = new Set(
      behind.flatMap(({ kind, direction, code }) => (kind === 'contains' && direction === 'out' ? [code] : [])),
    );
    const standing = await db.read(
      actor.scope,
      sql<{ id: string; code: string }>`select id, code from things_pub.thing
        where code = any(${devices.map(({ name }) => name)}) and ${inSubtrees(actor.scope, 'place')}`,
    );
    const ids = new Map(standing.map(({ id, code }) => [code, id]));
    const result: Registration = { created: 0, linked: 0, known: 0, refused: [] };
    for (const { name, family } of devices) {
      const id = ids.get(name);
      try {
        if (known.has(name)) result.known++;
        else if (id !== undefined) {
          await things.relations.relate(actor, agent.id, 'contains', id);
          result.linked++;
        } else if (family === undefined) result.refused.push({ device: name, type: 'model-missing' });
        else if (!codeLike.test(name)) result.refused.push({ device: name, type: 'input-invalid' });
        else {
          const { placeId, code: gateway } = agent;
          await things.create(actor, { code: name, name, family, placeId, gateway, state: 'in-use' });
          result.created++;
        }
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        result.refused.push({ device: name, type: cause.type });
      }
    }
    return result;
  };
}

export type RegisterChildren = ReturnType<typeof createChildren>;
