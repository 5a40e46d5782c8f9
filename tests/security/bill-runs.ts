import { eventually } from '../devices/index.ts';
import type { Person } from './person.ts';

/** Bills a month and waits for the end. One run after the other, as a month has one under way. */
export function billRuns(admin: Person): (period: string) => Promise<string> {
  let last: Promise<unknown> = Promise.resolve();
  async function run(period: string): Promise<string> {
    const { id } = await admin.send<{ id: string }>('POST', '/bills/runs', { period });
    const runs = () => admin.get<{ id: string; state: string }[]>('/bills/runs');
    await eventually(runs, (rows) => rows.some((row) => row.id === id && row.state !== 'running'), 60);
    return id;
  }
  return (period) => {
    const next = last.then(() => run(period));
    last = next.catch(() => {});
    return next;
  };
}
