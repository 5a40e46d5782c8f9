import { CaseMissing, type CasesService } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import type { FileRecord, RecordsService } from '@keystead/data/records';
import { RecordMissing } from '@keystead/data/records';
import type { Db } from '@keystead/kernel/db';
import { HomeMissing, type OwnLease, type Standing, type StandingOf } from './standing.ts';

export const repairCategories = ['water', 'electricity', 'door', 'appliance', 'building', 'other'] as const;
export const requestSubjects = ['renewal', 'exit', 'swap', 'other'] as const;
export const complaintSubjects = ['service', 'neighbours', 'facilities', 'charges', 'other'] as const;
/** How a person came to us; the case is the same whichever it was (H-9.2.4-a). */
export const channels = ['app', 'mini-program', 'hotline'] as const;
export type Channel = (typeof channels)[number];

export interface OwnWish {
  readonly category: string;
  readonly title: string;
  readonly description: string;
  readonly channel: Channel;
  /** Files put in by the same person before. */
  readonly photos: readonly string[];
}

export interface Photo {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

export const photoLimit = 8 * 1024 * 1024;
const retentionYears = 3;
/** Why it is closed, in the language cases are written in. */
const agreed = '住户本人确认';

type Parts = { db: Db; standing: StandingOf; cases: CasesService; records: RecordsService };

const subjectOf = (actor: Actor): string => `resident-photo:${actor.id}`;
/** A resident may ask and speak in what is his; that it is his was looked at before. */
const speaking = ({ own }: Standing): Actor => ({
  ...own,
  permissions: new Set([...own.permissions, 'case:write', 'case:read']),
});

/** Repairs and requests a resident has, from telling of them to judging the work. */
export function createOwnCases(kind: 'repair' | 'request' | 'complaint', { db, standing, cases, records }: Parts) {
  const homeOf = ({ home }: Standing): OwnLease => {
    if (!home) throw new HomeMissing({});
    return home;
  };

  async function mine(actor: Actor, id: string) {
    const who = await standing(actor);
    const file = await cases.get(speaking(who), id);
    if (file.row.requester !== actor.id || file.row.kind !== kind) throw new CaseMissing({ id });
    return { me: speaking(who), file };
  }

  return {
    list: async (actor: Actor, open?: boolean) => {
      const who = await standing(actor);
      const filter = { kind: [kind], requester: actor.id, ...(open === undefined ? {} : { open }) };
      return (await cases.list(speaking(who), filter, { limit: 50 })).items;
    },

    get: async (actor: Actor, id: string) => (await mine(actor, id)).file,

    /** Opens it for the house one lives in. Throws HomeMissing, RecordMissing (a photo of somebody else), CaseFull. */
    tell: async (actor: Actor, wish: OwnWish): Promise<string> => {
      const who = await standing(actor);
      const home = homeOf(who);
      const me = speaking(who);
      const { photos, channel, ...words } = wish;
      const kept = await Promise.all(photos.map((id) => records.get(me, id)));
      for (const photo of kept) if (photo.subject !== subjectOf(actor)) throw new RecordMissing({ id: photo.id });
      return db.transaction(me.scope, async (tx) => {
        const { id } = await cases.openIn(tx, me, {
          ...words,
          kind,
          place: home.place,
          placeId: home.house,
          subjects: [{ kind: 'place', id: home.house, label: home.houseName }],
          source: channel,
          form: { lease: home.id },
        });
        for (const photo of kept)
          await cases.addEvidenceIn(tx, me, id, { record: photo.id, kind: 'photo', sha256: photo.hash });
        return id;
      });
    },

    /** Keeps a photo for a repair that is being told of. Throws MediaTypeMismatch, RecordTooLarge, HomeMissing. */
    putPhoto: async (actor: Actor, photo: Photo): Promise<FileRecord> => {
      const who = await standing(actor);
      const { place } = homeOf(who);
      return db.transaction(who.own.scope, (tx) =>
        records.put(tx, who.own, {
          ...photo,
          ...{ storeLevel: 3, retentionYears, subject: subjectOf(actor), place, most: photoLimit },
        }),
      );
    },

    /** A photo of a case of one's own, whoever took it. Throws CaseMissing, RecordMissing. */
    openPhoto: async (actor: Actor, id: string, record: string) => {
      const { me, file } = await mine(actor, id);
      if (!file.evidence.some((each) => each.record === record)) throw new RecordMissing({ id: record });
      return records.open(me, record, 'own-case');
    },

    /** The work is good: confirmed and closed. Throws CaseStepRefused. */
    confirm: async (actor: Actor, id: string): Promise<void> => {
      const { me } = await mine(actor, id);
      await db.transaction(me.scope, async (tx) => {
        await cases.takeIn(tx, me, id, 'confirm', {});
        await cases.takeIn(tx, me, id, 'close', { reason: agreed });
      });
    },

    /** The work is not good: it is taken up again. Throws CaseStepRefused. */
    reject: async (actor: Actor, id: string, reason: string): Promise<void> => {
      const { me } = await mine(actor, id);
      await cases.take(me, id, 'reject', { reason });
    },

    /** Throws RatingRefused. */
    rate: async (actor: Actor, id: string, score: number, note: string | undefined): Promise<void> => {
      const { me } = await mine(actor, id);
      await cases.rate(me, id, score, note);
    },

    comment: async (actor: Actor, id: string, text: string): Promise<void> => {
      const { me } = await mine(actor, id);
      await cases.comment(me, id, text, false);
    },
  };
}

export type OwnCases = ReturnType<typeof createOwnCases>;
