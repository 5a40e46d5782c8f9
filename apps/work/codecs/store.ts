import type { Scope } from '@keystead/contracts/access';
import { type Query, sql, type Tx } from '@keystead/kernel/db';
import { type Codec, CodecMissing, mostCodecs, type Publication, type VersionLine } from './codec.ts';
import type { Sample } from './schemas.ts';

export interface Version extends Omit<VersionLine, 'samples'> {
  readonly source: string;
  readonly samples: Sample[];
}

const columns = sql`id, name, title, latest, published, changed_at as "changedAt", changed_by as "changedBy"`;
const versionColumns = sql`number, note, functions, written_at as "writtenAt", written_by as "writtenBy"`;
const mostLines = 200;

export const all = ({ organisation }: Scope): Query<Codec> => sql<Codec>`
  select ${columns} from codecs.codec where organisation = ${organisation} order by name limit ${mostCodecs}`;

export const byId = ({ organisation }: Scope, id: string): Query<Codec> => sql<Codec>`
  select ${columns} from codecs.codec where organisation = ${organisation} and id = ${id}`;

export const byName = ({ organisation }: Scope, name: string): Query<Codec> => sql<Codec>`
  select ${columns} from codecs.codec where organisation = ${organisation} and name = ${name}`;

/** Locked for the rest of the transaction; throws CodecMissing. */
export const lock = (tx: Tx, { organisation }: Scope, id: string): Promise<Codec> =>
  tx.one(
    sql<Codec>`select ${columns} from codecs.codec where organisation = ${organisation} and id = ${id} for update`,
    () => new CodecMissing({ id }),
  );

export const count = ({ organisation }: Scope): Query<{ n: number }> => sql<{ n: number }>`
  select count(*)::int as n from codecs.codec where organisation = ${organisation}`;

/** Newest first. */
export const versionsOf = (codec: string): Query<VersionLine> => sql<VersionLine>`
  select ${versionColumns}, jsonb_array_length(samples) as samples from codecs.version
  where codec = ${codec} order by number desc limit ${mostLines}`;

export const version = (codec: string, number: number): Query<Version> => sql<Version>`
  select ${versionColumns}, source, samples from codecs.version where codec = ${codec} and number = ${number}`;

/** Newest first. */
export const courseOf = (codec: string): Query<Publication> => sql<Publication>`
  select number, way, at, by_name as by from codecs.publication where codec = ${codec}
  order by at desc, id desc limit ${mostLines}`;

export interface InForce {
  name: string;
  version: number;
  source: string;
}

export const inForce = (organisation: string, names: readonly string[]): Query<InForce> => sql<InForce>`
  select c.name, v.number as version, v.source from codecs.codec c
    join codecs.version v on v.codec = c.id and v.number = c.published
  where c.organisation = ${organisation} and c.name = any(${[...names]}) order by c.name`;

export const insert = (tx: Tx, organisation: string, row: Codec): Promise<number> =>
  tx.run(sql`
    insert into codecs.codec (id, organisation, name, title, latest, published, changed_at, changed_by)
    values (${row.id}, ${organisation}, ${row.name}, ${row.title}, ${row.latest}, ${row.published}, ${row.changedAt}, ${row.changedBy})`);

export const save = (tx: Tx, row: Codec): Promise<number> =>
  tx.run(sql`
    update codecs.codec set title = ${row.title}, latest = ${row.latest}, published = ${row.published},
      changed_at = ${row.changedAt}, changed_by = ${row.changedBy} where id = ${row.id}`);

export const insertVersion = (tx: Tx, organisation: string, codec: string, row: Version): Promise<number> =>
  tx.run(sql`
    insert into codecs.version (codec, organisation, number, source, samples, functions, note, written_at, written_by)
    values (${codec}, ${organisation}, ${row.number}, ${row.source}, ${JSON.stringify(row.samples)}, ${[...row.functions]},
      ${row.note}, ${row.writtenAt}, ${row.writtenBy})`);

export const insertPublication = (tx: Tx, organisation: string, codec: string, id: string, row: Publication) =>
  tx.run(sql`
    insert into codecs.publication (id, codec, organisation, number, way, at, by_name)
    values (${id}, ${codec}, ${organisation}, ${row.number}, ${row.way}, ${row.at}, ${row.by})`);

export const remove = (tx: Tx, id: string): Promise<number> => tx.run(sql`delete from codecs.codec where id = ${id}`);
