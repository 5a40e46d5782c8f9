import { Problem } from '@keystead/contracts/problem';
import {
  CertificateUntrusted,
  type ChannelHost,
  DeviceSilent,
  type LinkFigures,
  problemOf,
  type Refusal,
  refuse,
} from '@keystead/terminals/port';
import type { OpcuaDevice } from '../device.ts';
import type { ClientLibrary } from '../library.ts';
import { loadClient } from '../library.ts';
import type { OpcuaSettings } from '../settings.ts';
import { openTrustList, type TrustList } from '../trust-list.ts';
import { createGathering } from './gathering.ts';
import { newFigures, turn } from './link.ts';
import { type OpenSession, openSession } from './session.ts';
import { subscribe } from './subscribing.ts';
import { keepStanding } from './supervision.ts';

/** A server and all that is watched there, connected again whenever it is gone. */
export interface OpcuaLine {
  readonly library: ClientLibrary;
  /** Throws why there is no session now. */
  session(): OpenSession['session'];
  links(): Map<string, LinkFigures>;
  close(): Promise<void>;
}

export interface LineSetup {
  name: string;
  settings: OpcuaSettings;
  devices: readonly { name: string; at: OpcuaDevice }[];
}

const none = new Uint8Array(0);
const watchEvery = 2500;

/** Asks the server for its state until it does not answer in time: a half-open connection is seen within ten seconds. */
function watchState({ client, session, close }: OpenSession, line: LinkFigures): NodeJS.Timeout {
  let asking = false;
  const timer = setInterval(async () => {
    if (asking) return;
    asking = true;
    const started = performance.now();
    try {
      await session.readVariableValue('i=2259');
      line.latency = performance.now() - started;
    } catch {
      clearInterval(timer);
      await close();
    } finally {
      asking = false;
    }
  }, watchEvery);
  client.on('send_request', () => {
    line.sent += 1;
  });
  client.on('receive_response', () => {
    line.received += 1;
  });
  client.on('timed_out_request', () => {
    line.lost += 1;
  });
  return timer;
}

/** Why a certificate, a session or an item was not taken; a broken connection is told by the state alone. */
function refusalOf(cause: unknown): Refusal | undefined {
  if (cause instanceof CertificateUntrusted) return refuse(CertificateUntrusted, String(cause.data.detail));
  return undefined;
}

export async function openLine({ name, settings, devices }: LineSetup, host: ChannelHost): Promise<OpcuaLine> {
  const library = await loadClient(host.log);
  const trust: TrustList = await openTrustList(settings.folder, settings.trusted ?? []);
  const { clock } = host;
  const line = newFigures(clock);
  const links = new Map(devices.map((device) => [device.name, newFigures(clock)]));
  const gathering = createGathering(host);
  let open: OpenSession | undefined;
  let watching: NodeJS.Timeout | undefined;
  let fault: unknown;

  async function make(): Promise<OpenSession> {
    const opened = await openSession({ library, settings, trust });
    const unknown = new Map<string, number>();
    try {
      await subscribe(opened.session, devices, {
        library,
        publishing: settings.publishing ?? 500,
        gathering,
        refused: (device, refusal) => {
          unknown.set(device, (unknown.get(device) ?? 0) + 1);
          host.refuse(refusal, none, device);
        },
        heard: (device) => {
          const link = links.get(device);
          if (link) link.received += 1;
        },
      });
    } catch (error) {
      await opened.close();
      throw error;
    }
    for (const { name: device, at } of devices) {
      const link = links.get(device);
      // A device none of whose nodes the server knows is not there.
      const there = at.points.length === 0 || (unknown.get(device) ?? 0) < at.points.length;
      if (link) turn(link, there ? 'up' : 'down', clock);
    }
    return opened;
  }

  const kept = keepStanding(make, {
    up: (opened) => {
      open = opened;
      fault = undefined;
      watching = watchState(opened, line);
      turn(line, 'up', clock);
      host.log.info({ channel: name, endpoint: settings.endpoint }, 'opc ua session stands');
    },
    down: (cause) => {
      clearInterval(watching);
      open = undefined;
      fault = cause;
      for (const link of links.values()) turn(link, 'down', clock);
      if (line.state !== 'down') host.log.info({ channel: name, err: cause }, 'opc ua session is gone');
      turn(line, 'down', clock);
      const refusal = refusalOf(cause);
      if (refusal) host.refuse(refusal, none);
    },
  });

  return {
    library,
    session: () => {
      if (open) return open.session;
      if (fault instanceof Problem) throw fault;
      const detail = fault instanceof Error ? fault.message.slice(0, 200) : 'no session yet';
      throw problemOf(refuse(DeviceSilent, detail));
    },
    links: () => {
      const all = new Map([...links].map(([device, figures]) => [device, { ...figures }]));
      all.set('', { ...line });
      return all;
    },
    close: async () => {
      clearInterval(watching);
      await kept.close();
      await trust.close();
    },
  };
}
