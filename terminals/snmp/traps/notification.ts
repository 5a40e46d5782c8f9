import type { Library, LibraryNotification, Varbind } from '../library.ts';
import type { NotificationName } from '../settings.ts';
import { plainOf } from '../values.ts';

const trapOid = '1.3.6.1.6.3.1.1.4.1.0';
const upTimeOid = '1.3.6.1.2.1.1.3.0';
const standardTraps = '1.3.6.1.6.3.1.1.5';
/** What every agent may say of itself (RFC 3418), by the last part of the OID. */
const standardNames = ['coldStart', 'warmStart', 'linkDown', 'linkUp', 'authenticationFailure', 'egpNeighborLoss'];
const mostVariables = 128;

export interface Notified {
  event: string;
  data: { oid: string; values: Record<string, unknown> };
}

/** OID of a notification: a trap of the first version gets the one RFC 3584 §3.1 makes for it. */
function oidOf({ pdu }: LibraryNotification): string | undefined {
  if (pdu.generic === undefined) {
    const named = pdu.varbinds?.find(({ oid }) => oid === trapOid)?.value;
    return typeof named === 'string' ? named : undefined;
  }
  if (pdu.generic < 6) return `${standardTraps}.${pdu.generic + 1}`;
  return pdu.enterprise === undefined ? undefined : `${pdu.enterprise}.0.${pdu.specific ?? 0}`;
}

/** Name of a variable: as configured for the longest fitting OID, with the index behind it, or the OID itself. */
function nameOf(oid: string, names: NonNullable<NotificationName['values']>): string {
  const fitting = names
    .filter((one) => oid === one.oid || oid.startsWith(`${one.oid}.`))
    .toSorted((a, b) => b.oid.length - a.oid.length)[0];
  return fitting ? fitting.name + oid.slice(fitting.oid.length) : oid;
}

/** What a trap or an inform says in configured words; undefined when it does not say what it is. */
export function readNotification(
  notification: LibraryNotification,
  names: ReadonlyMap<string, NotificationName>,
  types: Library['ObjectType'],
): Notified | undefined {
  const oid = oidOf(notification);
  if (oid === undefined) return undefined;
  const configured = names.get(oid);
  const standard = oid.startsWith(`${standardTraps}.`)
    ? standardNames[Number(oid.slice(standardTraps.length + 1)) - 1]
    : undefined;
  const isOwn = ({ oid: one }: Varbind) => one !== trapOid && one !== upTimeOid;
  const own = (notification.pdu.varbinds ?? []).filter(isOwn).slice(0, mostVariables);
  const values = own.flatMap((varbind) => {
    const value = plainOf(varbind, types);
    return value === undefined ? [] : [[nameOf(varbind.oid, configured?.values ?? []), value] as const];
  });
  return { event: configured?.event ?? standard ?? 'trap', data: { oid, values: Object.fromEntries(values) } };
}
