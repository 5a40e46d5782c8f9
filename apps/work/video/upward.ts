import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { SettingRow, Settings } from './settings.ts';

/** Registration of an organisation at a platform above (H-6.2-d-2), with what that platform may see. */
export interface Upward {
  organisation: string;
  /** Changes with anything it was made from. */
  version: number;
  id: string;
  upper: string;
  realm?: string;
  host: string;
  port: number;
  announce?: string;
  password: string;
}

export interface UpwardChannel {
  id: string;
  name: string;
  on: boolean;
  stream: string;
}

/** What the process that speaks GB/T 28181 upward asks for. */
export function createUpward({ db, settings }: Pick<Kernel, 'db'> & { settings: Settings }) {
  const of = (row: SettingRow): Upward[] => {
    const password = settings.uplinkPasswordOf(row);
    if (row.uplink === null || password === undefined) return [];
    return [{ organisation: row.organisation, version: row.version, ...row.uplink, password }];
  };
  return {
    registrations: async (): Promise<Upward[]> => (await settings.all()).flatMap(of),
    /** Cameras with a number for the upper platform, and nothing else. */
    channels: (organisation: string): Promise<UpwardChannel[]> =>
      db.systemRead(sql<UpwardChannel>`
        select c.upward as id, t.name, t.online <> 'offline' as on, c.stream
        from video.camera c join things_pub.thing t on t.id = c.thing
        where c.organisation = ${organisation} and c.upward is not null order by c.upward limit 10000`),
  };
}
