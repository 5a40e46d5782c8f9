import { problem } from '@keystead/contracts/problem';

/** One may not give away what one does not hold. `permissions` names what is missing. */
export class RightNotHeld extends problem('right-not-held', 403) {}
/** A permission no route asks for: a slip of the pen, not a right. */
export class PermissionUnknown extends problem('permission-unknown', 422) {}

/** Permissions that routes of modules ask for; those actually mounted are added to them. */
export const known: readonly string[] = [
  'place:read place:write thing:read thing:write thing:credential model:read model:write telemetry:read',
  'alarm:read alarm:acknowledge alarm:handle alarm:rule case:read case:write case:assign case:handle',
  'notify:read notify:write user:read user:write role:read role:write key:write journal:read journal:verify',
  'system:read system:write record:read record:write record:hold telemetry:write patch:read patch:manage',
  'command:read command:send command:send-dangerous command:send-vital command:approve command:scene command:rule',
  'codec:read codec:write codec:publish dial:write dial:review',
  'fleet:read fleet:manage',
  'video:read video:watch video:manage',
  'firmware:read firmware:manage firmware:approve firmware:trust',
  'house:read house:write house:import plan:read plan:write',
  'party:read party:write party:reveal party:privacy care:read care:write own-data:use',
  'policy:read policy:write policy:publish household:read household:write household:decide',
  'eligibility:read eligibility:write eligibility:decide eligibility:configure privacy:read privacy:handle',
  'lease:read lease:write lease:sign bill:read bill:run bill:write bill:adjust fee:write ledger:read ledger:close',
  'risk:read risk:handle risk:configure measure:read supervision:read supervision:write',
  'door-key:read door-key:write door-key:decide',
  'allocation:read allocation:write allocation:draw allocation:configure exit:read exit:write exit:configure',
  'payment:read payment:take payment:refund payment:confirm payment:manage payment:reconcile dunning:read dunning:write notice:read notice:write',
].flatMap((line) => line.split(' '));

/** `noun:verb`, `noun:*` or `*`. */
export const permissionForm = '^(\\*|[a-z][a-z0-9-]*:(\\*|[a-z][a-z0-9-]*))$';

export const matches = (pattern: string, permission: string): boolean =>
  pattern === '*' || pattern === permission || (pattern.endsWith(':*') && permission.startsWith(pattern.slice(0, -1)));

/** All patterns that give a permission: itself, its noun's star, the star. */
export const patternsFor = (permission: string): string[] => [permission, `${permission.split(':')[0]}:*`, '*'];

/** What patterns mean, out of all permissions there are. */
export function expand(patterns: readonly string[], all: ReadonlySet<string>): Set<string> {
  const out = new Set<string>();
  for (const permission of all) if (patterns.some((each) => matches(each, permission))) out.add(permission);
  return out;
}

/** Union of what roles allow, without what any of them denies (I-5.1-b). Nothing is allowed by silence. */
export function combine(
  roles: readonly { permissions: readonly string[]; denies: readonly string[] }[],
  all: ReadonlySet<string>,
): Set<string> {
  const allowed = expand(
    roles.flatMap((role) => role.permissions),
    all,
  );
  for (const denied of expand(
    roles.flatMap((role) => role.denies),
    all,
  ))
    allowed.delete(denied);
  return allowed;
}

/** Rights whose holder must show a second factor: they change other people's rights or the installation. */
const privileged = ['user:write', 'role:write', 'key:write', 'system:write', 'thing:credential', 'journal:verify'];

export const isPrivileged = (permissions: ReadonlySet<string>): boolean =>
  privileged.some((permission) => permissions.has(permission));

/** Throws RightNotHeld when some of `given` are not among `held`, PermissionUnknown for what does not exist. */
export function checkGiving(given: readonly string[], held: ReadonlySet<string>, all: ReadonlySet<string>): void {
  const unknown = given.filter((pattern) => ![...all].some((permission) => matches(pattern, permission)));
  if (unknown.length > 0) throw new PermissionUnknown({ permissions: unknown });
  const missing = [...expand(given, all)].filter((permission) => !held.has(permission));
  if (missing.length > 0) throw new RightNotHeld({ permissions: missing.slice(0, 20) });
}
