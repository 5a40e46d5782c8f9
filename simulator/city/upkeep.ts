import type { Choice } from './choice.ts';
import { dayIn, noon } from './months.ts';
import type { Span } from './tenancy.ts';

export interface Repair {
  readonly title: string;
  readonly channel: 'app' | 'hotline' | 'mini-programme';
  readonly openedAt: number;
  readonly doneAt: number | null;
  readonly rating: number | null;
}

export interface Inspection {
  readonly at: number;
  readonly finding: 'nothing' | 'wear' | 'damage' | 'nobody-in';
}

const faults = [
  '厨房水龙头漏水',
  '卫生间地漏堵塞',
  '入户门锁不灵',
  '客厅灯不亮',
  '暖气不热',
  '窗户关不严',
  '墙面渗水',
  '燃气灶打不着火',
];
const channels = ['app', 'app', 'hotline', 'mini-programme'] as const;

/** Repairs of a home: about one in eight months while somebody lives there. */
export function* repairsOf(pick: Choice, span: Span, from: number, until: number): Generator<Repair> {
  for (let month = from; month <= until; month++) {
    if (!pick.chance(0.12)) continue;
    const openedAt = noon(dayIn(month, 1 + pick.below(27)), pick.below(600) - 200);
    if (openedAt >= noon(span.today)) continue;
    const doneAt = openedAt + (2 + pick.below(90)) * 3_600_000;
    const done = doneAt < noon(span.today);
    yield {
      title: faults[pick.below(faults.length)] ?? '',
      channel: channels[pick.below(channels.length)] ?? 'app',
      openedAt,
      doneAt: done ? doneAt : null,
      rating: done && pick.chance(0.6) ? 2 + Math.floor(4 * pick.next() ** 0.4) : null,
    };
  }
}

/** A visit every half year, in the month that is the home's own. */
export function* inspectionsOf(pick: Choice, span: Span, home: number, idle: boolean): Generator<Inspection> {
  for (let month = span.from + (home % 6); month <= span.now; month += 6) {
    const at = noon(dayIn(month, 1 + pick.below(27)), pick.below(300) - 100);
    if (at >= noon(span.today)) continue;
    const nobody = pick.chance(idle ? 0.7 : 0.06);
    const finding = nobody ? 'nobody-in' : pick.chance(0.1) ? (pick.chance(0.3) ? 'damage' : 'wear') : 'nothing';
    yield { at, finding };
  }
}
