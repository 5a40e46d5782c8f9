import type { PolicyService } from '@keystead/apps/housing/policy';
import { localDate } from '@keystead/contracts/calendar';
import type { TestPlatform } from '@keystead/kernel/testing';

/** A pack of a place's own, in force from today on: the country's numbers but for those given. Answers its id. */
export async function publishPack(
  platform: TestPlatform,
  place: string,
  numbers: Readonly<Record<string, number | readonly number[]>>,
): Promise<string> {
  const policy = platform.services.policy as PolicyService;
  const drafter = platform.actor('policy:read', 'policy:write');
  const { inForce } = await policy.list(drafter);
  const draft = await policy.draft(drafter, inForce, { code: `of-${place.slice(-12)}`, place });
  const values = Object.fromEntries(
    Object.entries(numbers).map(([rule, value]) => [rule, { value, source: '区实施细则' }]),
  );
  await policy.edit(drafter, draft.id, undefined, { values });
  await policy.publish(platform.actor('policy:publish'), draft.id, localDate(platform.clock.now()));
  return draft.id;
}
