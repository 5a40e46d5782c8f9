import { isId } from '@keystead/contracts/ids';
import { type Db, sql } from '@keystead/kernel/db';
import type { DeviceSecrets } from './device-secrets.ts';
import { Lookup } from './lookup.ts';
import type { AdmittedThing, Standing } from './verdict.ts';
import type { Whitelist } from './whitelist.ts';

/** A secret some thing signs with, in memory only. */
export interface Signer {
  credential: string;
  secret: Buffer;
  used: boolean;
  revoked: boolean;
  whitelist: Whitelist;
  admitted: AdmittedThing;
}

interface Signers {
  all: Signer[];
}

/** The same code may stand in several organisations, and a thing may have an old and a fresh secret at one time. */
const mostOfOneName = 16;

/** Secrets by the name a signature claims: code or id of a thing. */
export function createSigners(deps: {
  db: Db;
  secrets: DeviceSecrets;
  standing: ReturnType<typeof sql>;
  admittedOf: (row: Standing) => Promise<AdmittedThing>;
}): Lookup<Signers> {
  const { db, secrets, standing, admittedOf } = deps;
  return new Lookup<Signers>({
    most: 200_000,
    ownersOf: ({ all }) => [...new Set(all.map((each) => each.admitted.thing))],
    load: async (names) => {
      const rows = await db.systemRead(sql<
        Standing & { name: string; credential: string; sealed: Buffer; used: boolean; revoked: boolean }
      >`
        select a.name, c.id as credential, s.sealed, c.first_used_at is not null as used, c.revoked_at is not null as revoked, ${standing}
        from unnest(${names}::text[]) as a(name)
        cross join lateral (
          select t.* from things.thing t where t.code = a.name
          union all
          select t.* from things.thing t where t.id = any(${names.filter(isId)}::uuid[]) and t.id::text = a.name
        ) t
        join things.credential c on c.thing = t.number and c.kind = 'signature'
        join things.device_secret s on s.credential = c.id
        order by c.revoked_at is null desc, c.issued_at desc`);
      const found = new Map<string, Signers>();
      for (const row of rows) {
        const { credential, used, revoked, whitelist } = row;
        const signers = found.get(row.name) ?? { all: [] };
        found.set(row.name, signers);
        if (signers.all.length >= mostOfOneName) continue;
        const secret = secrets.open(credential, row.sealed);
        signers.all.push({ credential, secret, used, revoked, whitelist, admitted: await admittedOf(row) });
      }
      return found;
    },
  });
}
