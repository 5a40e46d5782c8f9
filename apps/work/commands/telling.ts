import type { Actor } from '@keystead/contracts/access';
import { commandChanged } from '@keystead/contracts/events/commands';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { JournalEntry } from '@keystead/kernel/security/audit';
import type { CommandRow } from './command.ts';
import { withoutSecrets } from './secret.ts';

/** What is told of a command; stores return at least this. */
export type Told = Pick<
  CommandRow,
  | 'id'
  | 'organisation'
  | 'place'
  | 'thing_id'
  | 'thing_code'
  | 'method'
  | 'input'
  | 'before'
  | 'state'
  | 'failure'
  | 'group_id'
  | 'risk'
  | 'urgent'
>;

interface Line {
  actor: Actor;
  row: Told;
  verb: string;
  detail?: Record<string, unknown>;
}

/** Commands one journal line names at most: it holds 8 KiB. */
const oneLine = 20;

/** An act of a person is done when it is done; what a device answered, or the clock ended, is judged by its state. */
function outcomeOf({ verb, row: { state } }: Line): 'done' | 'refused' | 'failed' {
  if (verb !== 'answer' && verb !== 'end') return 'done';
  if (state === 'refused') return 'refused';
  return state === 'failed' || state === 'expired' ? 'failed' : 'done';
}

/** Changes that fit into one notification to open pages. */
const together = 25;

const placed = ({ organisation, place, urgent }: Told): string => `${organisation} ${place} ${urgent}`;

/** Pages hear of commands, and the journal keeps every step of each (I-5.2.2.3-e). */
export function createTelling({ outbox, audit }: Pick<Kernel, 'outbox' | 'audit'>) {
  async function announce(tx: Tx, rows: readonly Told[]): Promise<void> {
    for (const samePlace of Map.groupBy(rows, placed).values()) {
      for (let at = 0; at < samePlace.length; at += together) {
        const part = samePlace.slice(at, at + together);
        const [{ organisation, place, urgent } = { organisation: '', place: '', urgent: false }] = part;
        const changes = part.map(({ id, thing_id, method, state, failure, group_id }) => ({
          id,
          thing: thing_id,
          method,
          state,
          ...(failure === null ? {} : { failure }),
          ...(group_id === null ? {} : { group: group_id }),
        }));
        await outbox.add(tx, commandChanged, { organisation, place }, { changes }, { urgent });
      }
    }
  }

  const lineOf = ({ actor, row, verb, detail = {} }: Line): JournalEntry => ({
    action: `command.${verb}`,
    subject: `thing:${row.thing_id}`,
    place: row.place,
    outcome: outcomeOf({ actor, row, verb }),
    detail: {
      command: row.id,
      thing: row.thing_code,
      service: row.method,
      input: withoutSecrets(row.input),
      ...(row.before === null ? {} : { before: row.before }),
      state: row.state,
      ...(row.failure === null ? {} : { failure: row.failure }),
      ...detail,
    },
  });

  /** The same act of the same actor on several things at one moment: one line that names them all. */
  const lineOfMany = (lines: readonly Line[]): JournalEntry => {
    const [{ row, verb } = lines[0] as Line] = lines;
    return {
      action: `command.${verb}`,
      subject: `commands:${lines.length}`,
      place: row.place,
      outcome: outcomeOf(lines[0] as Line),
      detail: {
        commands: lines.map(({ row }) => ({
          command: row.id,
          thing: row.thing_code,
          service: row.method,
          input: withoutSecrets(row.input),
          ...(row.before === null ? {} : { before: row.before }),
          state: row.state,
          ...(row.failure === null ? {} : { failure: row.failure }),
        })),
      },
    };
  };

  /** Written in one go, since the connection takes them without waiting. Whatever needed a reason has a line of its own. */
  async function journal(tx: Tx, lines: readonly Line[]): Promise<void> {
    const alone = (line: Line) => (line.row.risk === 'dangerous' || line.row.risk === 'vital' ? line.row.id : '');
    const groups = Map.groupBy(lines, (line) =>
      [line.actor.kind === 'device' ? '' : line.actor.id, line.verb, line.row.place, outcomeOf(line), alone(line)].join(
        ' ',
      ),
    );
    const entries = [...groups.values()].flatMap((group) => {
      const parts = Array.from({ length: Math.ceil(group.length / oneLine) }, (_, n) =>
        group.slice(n * oneLine, (n + 1) * oneLine),
      );
      return parts.map((part) => ({ actor: (part[0] as Line).actor, part }));
    });
    await Promise.all(
      entries.map(({ actor, part }) =>
        part.length === 1
          ? audit.add(tx, actor, lineOf(part[0] as Line))
          : audit.add(
              tx,
              actor.kind === 'device' ? { ...actor, id: 'devices', name: 'devices' } : actor,
              lineOfMany(part),
            ),
      ),
    );
  }

  return { announce, journal };
}

export type Telling = ReturnType<typeof createTelling>;
