import type { CasesService, Subject } from '@keystead/apps/work/cases';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { caseChanged } from '@keystead/contracts/events/cases';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import { newId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Translate } from '@keystead/kernel/i18n';
import type { Kernel } from '@keystead/kernel/module';
import type { Advisory } from './advisory.ts';
import { type Inventory, platformGroup } from './inventory.ts';
import { type GroupReading, readAssets } from './reading.ts';
import * as store from './store.ts';
import { caseKindOf, commonPlace, type Finding, isCleared, stepsAfterReading } from './task.ts';

/** What a reading led to. */
export interface CheckResult {
  readonly advisories: number;
  readonly opened: number;
  readonly verified: number;
  readonly reopened: number;
}

type Outcome = 'opened' | 'verified' | 'reopened' | 'same';

export interface CheckingParts extends Pick<Kernel, 'db' | 'clock' | 'log' | 'audit'> {
  readonly cases: Pick<CasesService, 'openIn' | 'takeIn' | 'get'>;
  readonly inventory: Inventory;
  /** The platform's own words: Chinese, the default. */
  readonly t: Translate;
}

const mostAdvisories = 5000;
const mostSubjects = 50;

/** Reads versions, opens the work for what is weak, and ends or reopens it by what the next reading finds (I-8.3-c). */
export function createChecking({ db, clock, log, audit, cases, inventory, t }: CheckingParts) {
  const platform = (organisation: string) => systemActor('patches', organisation);

  const groupName = (group: string): string =>
    group === platformGroup
      ? t('patch.group.platform')
      : t('patch.group.family', { family: group.slice('family:'.length) });

  async function open(tx: Tx, organisation: OrganisationId, reading: GroupReading): Promise<store.Task> {
    const { advisory, group, findings } = reading;
    const now = clock.now();
    const weak = findings.filter(({ state }) => state === 'affected');
    const place = commonPlace(weak.map(({ asset }) => asset.place));
    const assets = new Map(weak.map((each) => [each.asset.id, each.asset]));
    const subjects: Subject[] = [...assets.values()]
      .slice(0, mostSubjects)
      .map(({ kind, id, label }) => ({ kind, id, label }));
    const grave = advisory.severity <= 2;
    const made = await cases.openIn(tx, platform(organisation), {
      kind: caseKindOf(advisory.severity),
      title: t('patch.case.title', { code: advisory.code, group: groupName(group) }).slice(0, 200),
      description: describe(advisory, weak, assets.size),
      category: 'patch',
      place,
      subjects,
      impact: advisory.severity === 1 ? 1 : 2,
      urgency: grave ? 1 : advisory.severity === 3 ? 2 : 3,
      form: { advisory: advisory.code, group },
      source: 'patches',
    });
    const task: store.Task = {
      ...{ id: newId(), organisation, place, advisory: advisory.id, group, caseId: made.id, caseCode: made.code },
      ...{ state: 'open', openedAt: now, checkedAt: now, verifiedAt: null },
    };
    await store.insertTask(tx, task);
    return task;
  }

  function describe(advisory: Advisory, weak: readonly Finding[], assets: number): string {
    const packages = new Map(weak.map((each) => [`${each.package} ${each.version}`, each]));
    const lines = [...packages.values()]
      .slice(0, 20)
      .map(({ package: name, version, fixed }) =>
        t(fixed ? 'patch.case.to' : 'patch.case.without', { package: name, version, fixed }),
      );
    return [advisory.title, t('patch.case.assets', { count: assets }), ...lines, ...advisory.links]
      .join('\n')
      .slice(0, 10_000);
  }

  /** Takes the steps the reading asks for; one that people made impossible in the meantime waits for the next reading. */
  async function work(tx: Tx, task: store.Task, findings: readonly store.FindingRow[]): Promise<store.Task['state']> {
    const actor = platform(task.organisation as OrganisationId);
    const { row } = await cases.get(actor, task.caseId);
    if (row.state === 'cancelled') return 'waived';
    const doneAt = row.doneAt ?? row.endedAt;
    const cleared = isCleared(findings);
    const reason = t(cleared ? 'patch.case.verified' : 'patch.case.unpatched', {
      versions: [
        ...new Set(
          findings
            .filter(({ state }) => cleared || state === 'affected')
            .map((each) => `${each.package} ${each.version}`),
        ),
      ]
        .slice(0, 10)
        .join(', '),
    });
    for (const step of stepsAfterReading({ state: row.state, doneAt }, findings, clock.now()))
      await cases.takeIn(tx, actor, task.caseId, step, { reason });
    return cleared ? 'verified' : 'open';
  }

  /** What people and earlier readings have made of a task, brought up to its findings. */
  async function next(tx: Tx, task: store.Task): Promise<store.Task['state']> {
    if (task.state === 'waived') return 'waived';
    return work(tx, task, await tx.all(store.findingsOf(task.id)));
  }

  /** Brings one task up to what was read, in the caller's transaction. */
  async function apply(tx: Tx, organisation: OrganisationId, reading: GroupReading): Promise<Outcome> {
    await store.lockReadings(tx, organisation);
    const known = await tx.maybe(store.taskOf(reading.advisory.id, reading.group));
    if (!known && (isCleared(reading.findings) || reading.advisory.withdrawnAt)) return 'same';
    const now = clock.now();
    const task = known ?? (await open(tx, organisation, reading));
    await store.saveFindings(tx, task, reading.findings, now);
    const state = known ? await next(tx, task) : 'open';
    const verifiedAt = state === 'verified' ? (task.verifiedAt ?? now) : null;
    await store.saveTask(tx, { ...task, state, checkedAt: now, verifiedAt });
    if (known && known.state === state) return 'same';
    await audit.add(tx, platform(organisation), {
      action: `patch.${state}`,
      subject: `case:${task.caseId}`,
      place: task.place,
      kind: 'system',
      detail: { advisory: reading.advisory.code, group: task.group, case: task.caseCode },
    });
    if (!known) return 'opened';
    return state === 'verified' ? 'verified' : state === 'open' ? 'reopened' : 'same';
  }

  /** Advisories their publisher took back find nothing any more. */
  const inForce = (advisories: readonly Advisory[]): Advisory[] =>
    advisories.map((each) => (each.withdrawnAt ? { ...each, affected: [] } : each));

  /** Reads every asset of an organisation anew and brings all tasks up to it. */
  async function check(organisation: OrganisationId): Promise<CheckResult> {
    const advisories = inForce(await db.systemRead(store.advisoriesToRead(organisation, mostAdvisories)));
    const known = await db.systemRead(store.knownFindings(organisation));
    const readings = await readAssets(inventory.all(organisation), advisories, known);
    const counts: Record<Outcome, number> = { opened: 0, verified: 0, reopened: 0, same: 0 };
    for (const reading of readings) counts[await db.systemTransaction((tx) => apply(tx, organisation, reading))] += 1;
    const { opened, verified, reopened } = counts;
    return { advisories: advisories.length, opened, verified, reopened };
  }

  return {
    check,

    /** Every organisation that has advisories. */
    checkAll: async (): Promise<void> => {
      for (const { organisation } of await db.systemRead(store.organisationsWithAdvisories)) {
        const result = await check(organisation as OrganisationId);
        log.debug({ organisation, ...result }, 'software versions read');
      }
    },

    /** Work was reported done, or given up: the versions are read at once. */
    caseChanged: async (event: EventEnvelope<Payload<typeof caseChanged>>, tx: Tx): Promise<void> => {
      const { id, from, to } = event.payload;
      if (from === to || (to !== 'done' && to !== 'cancelled')) return;
      const task = await tx.maybe(store.taskOfCase(id));
      if (!task) return;
      const organisation = event.organisation as OrganisationId;
      const known = await tx.all(store.knownFindings(organisation, task.id));
      const [advisory] = await tx.all(
        sql<Advisory>`${store.advisoryById({ organisation, subtrees: [''] }, task.advisory)}`,
      );
      if (!advisory) return;
      const assets = inventory.all(organisation, [...new Set(known.map(({ asset }) => asset))]);
      for (const reading of await readAssets(assets, inForce([advisory]), known))
        if (reading.group === task.group) await apply(tx, organisation, reading);
    },
  };
}

export type Checking = ReturnType<typeof createChecking>;
