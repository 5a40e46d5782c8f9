import type { TrailStep } from '../../parts/index.ts';
import type { Review, ReviewFile } from './queries.ts';

const published: readonly Review['kind'][] = ['initial', 'pre-allocation'];
/** States beside the way, and the stage they belong to. */
const beside: Partial<Record<Review['state'], Review['state']>> = { supplement: 'submitted', objected: 'publicity' };

/** Parts of the platform sign by their own names, such as `eligibility.lapse`. */
export const whoOf = (name: string, t: (key: string) => string): string =>
  name.startsWith('eligibility.') ? t('eligibility.platform') : name;

/** The way of a review of its kind: the stages it really passed, with who took each and when; where it stands, or how it ended and why. */
export function trailOf(
  { review, history }: Pick<ReviewFile, 'review' | 'history'>,
  t: (key: string) => string,
): TrailStep[] {
  const { state } = review;
  const way: Review['state'][] = [
    ...(['draft', 'submitted', 'checking', 'first-review', 'second-review', 'final-review'] as const),
    ...(published.includes(review.kind) ? (['publicity'] as const) : []),
    'approved',
  ];
  const stageOf = (of: string): number => way.findIndex((each) => each === (beside[of as Review['state']] ?? of));
  const titled = (of: Review['state']) => ({ key: of, title: t(`eligibility.states.${of}`) });
  const onWay = state !== 'approved' && stageOf(state) >= 0;
  const reached = onWay ? stageOf(state) : way.length - 1;
  /** Left for a later stage; on the way to an approval also by a refusal that was appealed. */
  const passedBy = (stage: Review['state'], to: string): boolean =>
    stageOf(to) > stageOf(stage) || (state === 'approved' && to === 'refused');
  const passed = way.slice(0, reached).flatMap((stage): TrailStep[] => {
    const left = history.findLast(({ from, to }) => from === stage && passedBy(stage, to));
    return left ? [{ ...titled(stage), state: 'done', at: left.at, who: whoOf(left.actorName, t) }] : [];
  });

  /** The last line that led to a state. */
  function came(to: Review['state'], as: TrailStep['state']): TrailStep {
    const line = history.findLast((each) => each.to === to);
    const why = [line && t(`eligibility.steps.${line.step}`), line?.reason].filter(Boolean).join(' · ');
    const note = as === 'failed' ? { note: why } : {};
    return { ...titled(to), state: as, ...(line ? { at: line.at, who: whoOf(line.actorName, t), ...note } : {}) };
  }
  if (state === 'approved') return [...passed, came('approved', 'done')];
  if (state === 'appeal')
    return [...passed, came('refused', 'failed'), came('appeal', 'now'), { ...titled('approved'), state: 'next' }];
  if (!onWay) return [...passed, came(state, 'failed')];
  const next = way.slice(reached + 1).map((stage): TrailStep => ({ ...titled(stage), state: 'next' }));
  return [...passed, { ...titled(state), state: 'now' }, ...next];
}
