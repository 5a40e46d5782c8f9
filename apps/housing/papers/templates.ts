import { type Actor, inScope } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { renderPaper } from '@keystead/kernel/pdf';
import { samplePaper } from './sample.ts';
import { shippedTemplates } from './shipped.ts';
import { checkTemplate, digestOfTemplate, type Template, type TemplateKind, templateAt } from './template.ts';

export interface WrittenTemplate extends Template {
  readonly note: string;
  readonly actorName: string;
}

const own = (organisation: string) => sql<WrittenTemplate>`
  select kind, number, effective_on::text as "effectiveOn", title, clauses, note, actor_name as "actorName"
  from papers.template where organisation = ${organisation} order by kind, number`;

/** Wordings of contracts by number and day; what was used once stays readable for ever. */
export function createTemplates({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  const today = (): string => localDate(clock.now());
  const shipped = shippedTemplates.map((each) => ({ ...each, note: '', actorName: '' }));
  const all = async (tx: Tx, organisation: string): Promise<WrittenTemplate[]> => [
    ...shipped,
    ...(await tx.all(own(organisation))),
  ];

  return {
    /** How a wording reads, filled with a lease that is nobody's. Throws TemplateInvalid. */
    preview: (wish: Pick<Template, 'kind' | 'effectiveOn' | 'title' | 'clauses'>): Promise<Buffer> => {
      checkTemplate(wish);
      return renderPaper(samplePaper({ ...wish, number: 0 }, clock.now()));
    },
    all: (actor: Actor) => db.transaction(actor.scope, (tx) => all(tx, actor.scope.organisation)),
    /** The wording of new leases of a kind on a day. */
    inForce: async (tx: Tx, organisation: string, kind: TemplateKind, day = today()): Promise<Template> => {
      const found = templateAt(await all(tx, organisation), kind, day);
      if (!found) throw new RangeError(`no contract template of kind ${kind}`);
      return found;
    },
    numbered: async (tx: Tx, organisation: string, kind: string, number: number): Promise<Template | undefined> =>
      (await all(tx, organisation)).find((each) => each.kind === kind && each.number === number),
    /** Writes a new wording, in force from a day that has not passed. Throws TemplateInvalid, InputInvalid, NotAllowed. */
    write: (
      actor: Actor,
      wish: Pick<Template, 'kind' | 'effectiveOn' | 'title' | 'clauses'> & { note: string },
    ): Promise<{ number: number }> => {
      if (!inScope(actor.scope, '')) throw new NotAllowed();
      checkTemplate(wish);
      if (wish.effectiveOn < today())
        throw new InputInvalid({ in: 'body' }, [{ pointer: '/effectiveOn', code: 'too-early' }]);
      const { organisation } = actor.scope;
      return db.transaction(actor.scope, async (tx) => {
        await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`papers:${organisation}`}, 0))`);
        const number =
          Math.max(...(await all(tx, organisation)).filter((e) => e.kind === wish.kind).map((e) => e.number)) + 1;
        const digest = digestOfTemplate(wish);
        await tx.run(sql`
          insert into papers.template (id, organisation, kind, number, effective_on, title, clauses, digest, note, at, actor_name)
          values (${newId()}, ${organisation}, ${wish.kind}, ${number}, ${wish.effectiveOn}, ${wish.title}, ${JSON.stringify(wish.clauses)},
            ${digest}, ${wish.note}, ${clock.now()}, ${actor.name})`);
        await audit.add(tx, actor, {
          action: 'contract-template.write',
          subject: `contract-template:${wish.kind}-${number}`,
          detail: { effectiveOn: wish.effectiveOn, digest, note: wish.note },
        });
        return { number };
      });
    },
  };
}

export type Templates = ReturnType<typeof createTemplates>;
