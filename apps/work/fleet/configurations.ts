import type { Actor } from '@keystead/contracts/access';
import {
  type AgentConfiguration,
  AgentConfigurationSchema,
  type CodecSetup,
  configurationFaults,
} from '@keystead/contracts/agent';
import { EditConflict, problem } from '@keystead/contracts/problem';
import { fieldErrors } from '@keystead/contracts/thing-model';
import type { ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';

/** The document breaks its shape; `errors` says where, by JSON pointer into it. */
export class AgentConfigurationInvalid extends problem('agent-configuration-invalid', 422) {}
export class AgentConfigurationMissing extends problem('agent-configuration-missing', 404) {}

export interface ConfigurationVersion {
  version: number;
  note: string;
  /** Version this one repeats, when it was gone back to. */
  copyOf: number | null;
  createdAt: Date;
  createdBy: string;
}

export interface AgentRef {
  id: string;
  number: number;
  code: string;
  place: string;
  placeId: string | null;
}

const columns = sql`version, note, copy_of as "copyOf", created_at as "createdAt", created_by as "createdBy"`;
const versionsKept = 50;

type Deps = Pick<Kernel, 'db' | 'clock' | 'audit'> & { things: Pick<ThingsService, 'attributes'> };

/** What a document (its `version` aside) is, or throws AgentConfigurationInvalid with every fault. */
export function readDocument(document: unknown): AgentConfiguration {
  const whole = document !== null && typeof document === 'object' ? { ...document, version: 0 } : document;
  const shape = fieldErrors(AgentConfigurationSchema, whole);
  if (shape.length > 0) throw new AgentConfigurationInvalid({}, shape);
  const faults = configurationFaults(whole as AgentConfiguration);
  if (faults.length > 0) throw new AgentConfigurationInvalid({}, faults.slice(0, 100));
  return whole as AgentConfiguration;
}

/** The document with another version of a script it carries; undefined when nothing would change. */
export function withCodec(document: AgentConfiguration, codec: CodecSetup): AgentConfiguration | undefined {
  const { codecs = [] } = document;
  const stands = codecs.find(({ name }) => name === codec.name);
  if (!stands || (stands.version === codec.version && stands.source === codec.source)) return undefined;
  return { ...document, codecs: codecs.map((each) => (each === stands ? codec : each)) };
}

/** Configurations of agents: kept by version, told as the shared attribute `agentConfiguration`, fetched by the agent. */
export function createConfigurations({ db, clock, audit, things }: Deps) {
  async function append(
    tx: Tx,
    actor: Actor,
    agent: AgentRef,
    document: AgentConfiguration,
    { note, copyOf, expected }: { note: string; copyOf: number | null; expected?: number | undefined },
  ): Promise<number> {
    const [newest] = await tx.all(sql<{ version: number }>`
      select coalesce(max(version), 0) as version from fleet.configuration where agent = ${agent.number}`);
    const before = newest?.version ?? 0;
    if (expected !== undefined && expected !== before) throw new EditConflict({ version: before });
    const version = before + 1;
    await tx.run(sql`
      insert into fleet.configuration (organisation, agent, version, document, note, copy_of, created_at, created_by)
      values (${actor.scope.organisation}, ${agent.number}, ${version}, ${JSON.stringify({ ...document, version })}, ${note}, ${copyOf},
        ${clock.now()}, ${actor.name})`);
    await tx.run(
      sql`delete from fleet.configuration where agent = ${agent.number} and version <= ${version - versionsKept}`,
    );
    await things.attributes.share(actor, agent.id, { agentConfiguration: version }, tx);
    await audit.add(tx, actor, {
      action: copyOf === null ? 'fleet.configure' : 'fleet.roll-back',
      subject: `thing:${agent.id}`,
      place: agent.place,
      detail: { number: agent.code, version, note, ...(copyOf === null ? {} : { copyOf }) },
    });
    return version;
  }

  const lock = (tx: Tx, { number }: Pick<AgentRef, 'number'>) =>
    tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`fleet.configuration ${number}`}, 17))`);

  /** One at a time for an agent. */
  const alone = <T>(actor: Actor, agent: AgentRef, work: (tx: Tx) => Promise<T>): Promise<T> =>
    db.transaction(actor.scope, async (tx) => {
      await lock(tx, agent);
      return work(tx);
    });

  interface Stored {
    document: AgentConfiguration;
  }
  const documentOf = (number: number, version: number) =>
    sql<Stored>`select document from fleet.configuration where agent = ${number} and version = ${version}`;

  return {
    /** A new version, wanted from now on. `expected`: the newest the editor saw; throws EditConflict. */
    put: (actor: Actor, agent: AgentRef, document: unknown, note: string, expected?: number): Promise<number> => {
      const read = readDocument(document);
      return alone(actor, agent, (tx) => append(tx, actor, agent, read, { note, copyOf: null, expected }));
    },

    /** An older version once more, as the newest: an agent never goes down in numbers. */
    rollBack: (actor: Actor, agent: AgentRef, version: number, note: string): Promise<number> =>
      alone(actor, agent, async (tx) => {
        const { document } = await tx.one(
          documentOf(agent.number, version),
          () => new AgentConfigurationMissing({ version }),
        );
        return append(tx, actor, agent, document, { note, copyOf: version });
      }),

    /** One version, the newest when none is named; undefined when there is none. */
    get: async (actor: Actor, agent: AgentRef, version?: number) => {
      const [row] = await db.read(
        actor.scope,
        sql<
          ConfigurationVersion & Stored
        >`select ${columns}, document from fleet.configuration where agent = ${agent.number}
          ${version === undefined ? sql`` : sql`and version = ${version}`} order by version desc limit 1`,
      );
      return row;
    },

    versions: (actor: Actor, agent: AgentRef): Promise<ConfigurationVersion[]> =>
      db.read(
        actor.scope,
        sql<ConfigurationVersion>`select ${columns} from fleet.configuration where agent = ${agent.number} order by version desc`,
      ),

    /** The newest version of each of these agents that has one. */
    wanted: async (actor: Actor, numbers: readonly number[]): Promise<Map<number, number>> => {
      const rows = await db.read(
        actor.scope,
        sql<{ agent: number; version: number }>`select agent, max(version) as version from fleet.configuration
          where agent = any(${numbers}::bigint[]) group by agent`,
      );
      return new Map(rows.map(({ agent, version }) => [agent, version]));
    },

    /** Codes of the agents whose wanted configuration carries this codec script; at most 100. */
    usersOfCodec: async (organisation: string, name: string): Promise<string[]> => {
      const rows = await db.systemRead(sql<{ code: string }>`
        select t.code from (
          select distinct on (agent) agent, document from fleet.configuration
          where organisation = ${organisation} order by agent, version desc) wanted
        join things_pub.thing t on t.number = wanted.agent
        where wanted.document->'codecs' @> ${JSON.stringify([{ name }])}::jsonb order by t.code limit 100`);
      return rows.map(({ code }) => code);
    },

    /** Puts another version of a codec script into the wanted configuration of every agent that carries it. */
    renewCodec: async (tx: Tx, actor: Actor, codec: CodecSetup): Promise<void> => {
      const agents = await tx.all(sql<AgentRef>`
        select t.id, t.number, t.code, t.place, null as "placeId" from (
          select distinct on (agent) agent, document from fleet.configuration
          where organisation = ${actor.scope.organisation} order by agent, version desc) wanted
        join things_pub.thing t on t.number = wanted.agent
        where wanted.document->'codecs' @> ${JSON.stringify([{ name: codec.name }])}::jsonb order by t.number`);
      for (const agent of agents) {
        await lock(tx, agent);
        const [newest] = await tx.all(sql<Stored>`
          select document from fleet.configuration where agent = ${agent.number} order by version desc limit 1`);
        const document = newest && withCodec(newest.document, codec);
        const note = `${codec.name} v${codec.version}`;
        if (document) await append(tx, actor, agent, document, { note, copyOf: null });
      }
    },

    /** What an agent fetches; it gets its own and nobody else's. Throws AgentConfigurationMissing. */
    fetch: async (agent: number, params: unknown): Promise<AgentConfiguration> => {
      const version = (params as { version?: unknown } | null)?.version;
      const [row] = Number.isSafeInteger(version) ? await db.systemRead(documentOf(agent, Number(version))) : [];
      if (!row) throw new AgentConfigurationMissing({ version: Number(version) });
      return row.document;
    },
  };
}

export type Configurations = ReturnType<typeof createConfigurations>;
