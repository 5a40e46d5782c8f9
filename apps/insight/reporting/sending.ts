import { buffer } from 'node:stream/consumers';
import type { NotifyService } from '@keystead/apps/work/notify';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { Download } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import type { IdentityService } from '@keystead/kernel/security/identity';
import type { ReportKind, ReportLanguage } from './kind.ts';
import * as store from './store.ts';

const batch = 500;
const mostTries = 6;
const pauseMs = 3_600_000;

interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

const bytesOf = async ({ content }: Download): Promise<Buffer> =>
  typeof content === 'string' ? Buffer.from(content) : Buffer.isBuffer(content) ? content : buffer(content);

export type SendingParts = Pick<Kernel, 'db' | 'clock' | 'log' | 'catalogue'> & {
  notify: Pick<NotifyService, 'carry'>;
  identity: Pick<IdentityService, 'usersWith'>;
  kindOf(id: string): ReportKind | undefined;
};

/** Takes reports that were made to their receivers: a message in the console, and the files by mail where mail is set up. */
export function createSending({ db, clock, log, catalogue, notify, identity, kindOf }: SendingParts) {
  async function attachments(kind: ReportKind, due: store.Sending, language: ReportLanguage): Promise<Attachment[]> {
    const actor = systemActor('reporting', due.organisation as OrganisationId);
    const made: Attachment[] = [];
    for (const format of due.formats.filter((each) => kind.formats.includes(each))) {
      const file = await kind.file(actor, due.made, format, language);
      const name = file.fileName ?? `${kind.id}-${due.month}.${format}`;
      made.push({ name, type: file.mediaType, content: await bytesOf(file) });
    }
    return made;
  }

  /** Throws when the files cannot be made. Answers what stood in the way; undefined when it went. */
  async function send(
    due: store.Sending,
    filesOf: (kind: ReportKind, language: ReportLanguage) => Promise<Attachment[]>,
  ): Promise<{ error: string; permanent: boolean } | undefined> {
    const kind = kindOf(due.report);
    if (!kind) return { error: 'no-such-report', permanent: true };
    // Asked at each sending: who may no longer read it is no longer sent it.
    const reader = (await identity.usersWith(due.organisation, kind.permission, '')).find(
      ({ id }) => id === due.receiver,
    );
    if (!reader) return { error: 'may-not-read', permanent: true };
    const { language, email } = reader;
    const files = await filesOf(kind, language);
    const t = catalogue.in(language);
    const told = { name: kind.name[language === 'en' ? 'en' : 'zh'], month: due.month };
    const names = files.map(({ name }) => name).join(language === 'en' ? ', ' : '、');
    const ways = await notify.carry({
      ...{ id: `${due.made}.${due.receiver}`, organisation: due.organisation, place: '', text: 'report.made' },
      title: t('reporting.title', told),
      detail: names === '' ? t('reporting.body', told) : t('reporting.attached', { ...told, files: names }),
      about: { kind: kind.about, id: due.made },
      to: { name: reader.name, account: reader.id, language, ...(email !== '' && { email }) },
      files,
    });
    const fault = ways.find((way) => !way.ok);
    if (fault && !fault.ok) return { error: fault.error, permanent: fault.permanent };
    return ways.length === 0 ? { error: 'no-way', permanent: true } : undefined;
  }

  /** Sends what is due; what did not go is tried again each hour, six times. Answers how many went. */
  return async function sendDue(signal?: AbortSignal): Promise<number> {
    const known = new Map<string, Promise<Attachment[]>>();
    let sent = 0;
    for (const due of await db.systemRead(store.dueSendings(clock.now(), batch))) {
      if (signal?.aborted) break;
      const filesOf = (kind: ReportKind, language: ReportLanguage) => {
        const key = [due.made, language].join(' ');
        const found = known.get(key) ?? attachments(kind, due, language);
        known.set(key, found);
        return found;
      };
      const fault = await send(due, filesOf).catch((cause: unknown) => {
        log.error({ err: cause, report: due.report, month: due.month }, 'a report could not be sent');
        return { error: cause instanceof Error ? cause.message : String(cause), permanent: false };
      });
      const again = fault && !fault.permanent && due.tries + 1 < mostTries;
      const now = clock.now();
      const outcome = {
        sentAt: fault ? null : now,
        nextAt: again ? new Date(now.getTime() + pauseMs) : null,
        error: fault?.error ?? null,
      };
      await db.systemTransaction(async (tx) => void (await tx.run(store.settleSending(due, outcome))));
      if (!fault) sent += 1;
    }
    return sent;
  };
}
