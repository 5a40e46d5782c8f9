import { systemActor } from '@keystead/contracts/access';
import { sql } from '@keystead/kernel/db';
import { cityActor, type Target } from './load.ts';

const day = 86_400;
const walk = [
  { text: '消防通道畅通', photo: true },
  { text: '应急照明与疏散指示完好', photo: false },
  { text: '楼道无堆物、无飞线充电', photo: true },
];
const wanted = [
  { code: 'XJ-AQ', name: '楼栋安全巡检', system: 'fire', kind: 'inspection', every: 'week', at: '09:00', points: walk },
  {
    code: 'WB-DT',
    name: '电梯月度维保',
    system: 'other',
    kind: 'maintenance',
    every: 'month',
    at: '10:00',
    points: [{ text: '平层准确度', unit: 'mm', low: -10, high: 10, photo: false }],
  },
  {
    code: 'XJ-FY',
    name: '房屋使用情况检查',
    system: 'dwelling',
    kind: 'inspection',
    every: 'month',
    at: '14:00',
    points: [{ text: '空置房门窗、水电、渗漏', photo: true }],
  },
] as const;

/** A few plans for the buildings of a place: rounds and upkeep, by the door everybody uses. */
export async function makePlans({ platform, organisation, settings }: Target, top: string): Promise<void> {
  const actor = systemActor(cityActor, organisation);
  const buildings = await platform.kernel.db.systemRead(sql<{ id: string }>`
    select b.id from places_pub.place b
      join places_pub.place t on t.organisation = b.organisation and t.code = ${top} and starts_with(b.path, t.path)
    where b.organisation = ${organisation} and b.kind = 'building' order by b.ord limit 10`);
  if (buildings.length === 0) return;
  const subjects = buildings.map(({ id }) => ({ kind: 'place' as const, id }));
  for (const { every, at, points, ...head } of wanted)
    await platform.services.plans.create(actor, {
      ...head,
      subjects,
      definition: {
        trigger: { kind: 'time', every, interval: 1, at, from: settings.today, freeDays: 'keep' },
        target: { kind: 'case' },
        ...{ lead: day, allow: 2 * day, points: [...points] },
      },
    });
}
