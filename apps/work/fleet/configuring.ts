import { type Actor, may } from '@keystead/contracts/access';
import { EditConflict, NotAllowed } from '@keystead/contracts/problem';
import type { Agents } from './agents.ts';
import type { RegisterChildren, Registration } from './children.ts';
import { type Configurations, readDocument } from './configurations.ts';

export interface ConfigurationWish {
  document?: unknown;
  note: string;
  registerDevices: boolean;
  /** Newest version the editor saw. */
  expected?: number | undefined;
}

interface Deps {
  agents: Pick<Agents, 'find'>;
  configurations: Pick<Configurations, 'wanted' | 'put'>;
  registerChildren: RegisterChildren;
}

/** Checks everything, then registers the devices, then hands the document on: its devices may speak when it arrives. */
export function createConfiguring({ agents, configurations, registerChildren }: Deps) {
  return async (
    actor: Actor,
    id: string,
    { document, note, registerDevices, expected }: ConfigurationWish,
  ): Promise<{ version: number; devices?: Registration }> => {
    const agent = await agents.find(actor, id);
    const read = readDocument(document);
    if (registerDevices && !may(actor, 'thing:write')) throw new NotAllowed({ permission: 'thing:write' });
    const newest = (await configurations.wanted(actor, [agent.number])).get(agent.number) ?? 0;
    if (expected !== undefined && expected !== newest) throw new EditConflict({ version: newest });
    const devices = registerDevices ? await registerChildren(actor, agent, read) : undefined;
    const version = await configurations.put(actor, agent, read, note, expected);
    return { version, ...(devices && { devices }) };
  };
}

export type Configure = ReturnType<typeof createConfiguring>;
