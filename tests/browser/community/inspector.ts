import type { Installation } from '@keystead/kernel/testing';

interface Made {
  id: string;
}
interface Round {
  id: string;
  caseId: string | null;
  subjectLabel: string;
}

const dayMs = 86_400_000;

/** Somebody who goes rounds, with one to go today and a repair; told to an installation as staff would. */
export async function settleInspector({ call }: Pick<Installation, 'call'>) {
  const make = async (path: string, body: unknown) => (await call<Made>('POST', path, body)).id;
  await call('PATCH', '/identity/organisation', { secondFactor: 'waived-while-loopback' });
  const { items: roles } = await call<{ items: { id: string; code: string }[] }>('GET', '/identity/roles');
  const role = roles.find(({ code }) => code === 'repair-worker')?.id;
  const password = 'lantern-in-the-cellar-44';

  async function worker(username: string, name: string): Promise<string> {
    const draft = { username, name, email: `${username}@example.org`, kind: 'staff', password, mustChange: false };
    const { user } = await call<{ user: Made }>('POST', '/identity/users', draft);
    await call('POST', `/identity/users/${user.id}/roles`, { role, reach: 'organisation' });
    return user.id;
  }
  const [me, other] = [await worker('wang.jian', '王巡检'), await worker('zhao.gong', '赵工')];
  const project = await make('/places', { parent: null, kind: 'project', code: 'CELLAR', name: '安居小区' });
  const code = 'CELLAR-B2';
  const cellar = await make('/places', { parent: project, kind: 'building', code, name: '地下二层' });
  const from = new Date(Date.now() + 28_800_000).toISOString().slice(0, 10);
  const in2 = new Date(Date.now() + 28_800_000 + 120_000).toISOString().slice(11, 16);
  const plan = await make('/plans', {
    ...{ code: 'ROUND', name: '消防巡检', kind: 'inspection', system: 'fire' },
    subjects: [{ kind: 'place', id: cellar }],
    definition: {
      trigger: { kind: 'time', every: 'year', interval: 1, at: in2, from, freeDays: 'keep' },
      target: { kind: 'case', assignee: me },
      ...{ lead: 3600, allow: 7200, content: '检查通道与灭火器' },
      procedure: { code: 'SOP-07', title: '消防巡检', steps: ['戴头灯', '由远及近检查', '异常拍照'] },
      points: [
        { text: '疏散通道畅通', photo: false },
        { text: '灭火器压力', unit: 'MPa', low: 1, high: 1.5, photo: true },
      ],
    },
  });
  const repair = { title: '照明不亮', description: '地下二层东侧' };
  const repairId = await make('/cases', { kind: 'repair', ...repair, placeId: cellar });
  await call('POST', `/cases/${repairId}/assignment`, { assignee: me });
  const period = `from=${new Date(Date.now() - dayMs).toISOString()}&to=${new Date(Date.now() + dayMs).toISOString()}`;
  let round: Round | undefined;
  for (const end = Date.now() + 40_000; !round?.caseId && Date.now() < end; ) {
    await new Promise((passed) => setTimeout(passed, 500));
    const { items } = await call<{ items: Round[] }>('GET', `/plans/occurrences?plan=${plan}&${period}`);
    [round] = items;
  }
  if (!round?.caseId) throw new Error('the round was not given out');

  return {
    username: 'wang.jian',
    password,
    round: { id: round.id, case: round.caseId, title: `消防巡检 · ${round.subjectLabel}`, code },
    repair: { title: repair.title },
    /** The office gives the repair to somebody else. */
    giveRepairAway: async (): Promise<void> => {
      await call('POST', `/cases/${repairId}/assignment`, { assignee: other, reason: '另有安排' });
    },
  };
}

export type SettledInspector = Awaited<ReturnType<typeof settleInspector>>;
