import type { Actor } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import type { ThingRow, ThingsService } from '@keystead/data/things';
import { Value } from 'typebox/value';
import type { AgentRef, Configurations } from './configurations.ts';
import { type Status, StatusView } from './schemas.ts';

/** The thing is no edge agent. */
export class AgentMissing extends problem('agent-missing', 404) {}

export const agentFamily = 'edge-agent';
/** Name of the client attribute an agent tells of itself in. */
const statusKey = 'agent';

/** What an agent said of itself; undefined when it said nothing that can be read. */
export const readStatus = (value: unknown): Status | undefined => (Value.Check(StatusView, value) ? value : undefined);

type ConfigurationState = 'none' | 'waiting' | 'applied' | 'refused';

/** How the wanted configuration stands with the agent. */
export function configurationState(wanted: number, status: Status | undefined): ConfigurationState {
  if (wanted === 0) return 'none';
  if (status?.configuration.refused === wanted) return 'refused';
  return status?.configuration.version === wanted ? 'applied' : 'waiting';
}

interface Deps {
  things: Pick<ThingsService, 'get' | 'list' | 'attributes'>;
  configurations: Pick<Configurations, 'wanted'>;
}

/** Edge agents as people see them: the register of things, what they say of themselves, and what they are to do. */
export function createAgents({ things, configurations }: Deps) {
  const view = (row: ThingRow, wanted: number, said: { value: unknown; at: Date } | undefined) => {
    const { id, code, name, placeId, placeName, online, connected, lastHeard } = row;
    const status = readStatus(said?.value);
    return {
      ...{ id, code, name, placeId, placeName, online, connected, lastHeard, wanted },
      configuration: configurationState(wanted, status),
      ...(status && said ? { status, statusAt: said.at.toISOString() } : {}),
    };
  };

  async function views(actor: Actor, rows: readonly ThingRow[]) {
    const only = rows.map(({ id }) => id);
    const [wanted, said] = await Promise.all([
      configurations.wanted(
        actor,
        rows.map(({ number }) => number),
      ),
      things.attributes.reported(actor.scope.organisation, statusKey, { after: 0, limit: only.length + 1, only }),
    ]);
    const byId = new Map(said.map((each) => [each.id, each]));
    return rows.map((row) => view(row, wanted.get(row.number) ?? 0, byId.get(row.id)));
  }

  /** The thing itself, in the actor's scope. Throws ThingMissing, AgentMissing. */
  async function find(actor: Actor, id: string): Promise<ThingRow & AgentRef> {
    const row = await things.get(actor, id);
    if (row.family !== agentFamily) throw new AgentMissing({ id });
    return row;
  }

  return {
    find,

    list: async (actor: Actor, query: { limit: number; cursor?: string; text?: string }) => {
      const { items, next } = await things.list(actor, { ...query, family: agentFamily });
      return { items: await views(actor, items), next };
    },

    get: async (actor: Actor, id: string) => {
      const [found] = await views(actor, [await find(actor, id)]);
      if (!found) throw new AgentMissing({ id });
      return found;
    },
  };
}

export type Agents = ReturnType<typeof createAgents>;
