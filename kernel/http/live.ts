import { type Actor, inScope, may } from '@keystead/contracts/access';
import type { EventType } from '@keystead/contracts/events/define';
import type { EventPlace } from '@keystead/kernel/bus';
import type { WebSocket } from 'ws';

/** Pushes to open pages. A page subscribes to topics; what it may not see it is not sent. */
export interface Live {
  /** Declares a topic (`alarm.changed`) or a family of topics (`thing-values:*`) and who may listen. */
  topic(
    name: string,
    rule: { permission: string; onFirst?: (topic: string) => void; onLast?: (topic: string) => void },
  ): void;
  /** Forwards a domain event under a topic, scope-filtered by the event's place. */
  forward(event: EventType, topic: string, permission: string): void;
  /** What is urgent leaves at once, with what waited before it. */
  publish(topic: string, where: EventPlace, data: unknown, urgent?: boolean): void;
  readonly forwards: ReadonlyMap<string, string>;
}

interface Client {
  socket: WebSocket;
  actor: Actor;
  topics: Set<string>;
  waiting: string[];
}

const flushPause = 15; // ms: one frame for what comes together, far below what an eye sees
const backlogLimit = 4 * 1024 * 1024;
const topicLimit = 200;

export function createLive() {
  const rules = new Map<
    string,
    { permission: string; onFirst?: (topic: string) => void; onLast?: (topic: string) => void }
  >();
  const forwards = new Map<string, string>();
  const listeners = new Map<string, Set<Client>>();
  const clients = new Set<Client>();
  let timer: NodeJS.Timeout | undefined;

  /** A member of a family is named (`thing-values:<id>`): neither the bare name nor the star is one. */
  const ruleOf = (topic: string) => {
    const colon = topic.indexOf(':');
    const member = topic.slice(colon + 1);
    if (colon === -1) return rules.get(topic);
    return member === '' || member === '*' ? undefined : rules.get(`${topic.slice(0, colon)}:*`);
  };

  function flush(): void {
    timer = undefined;
    for (const client of clients) {
      if (client.waiting.length === 0) continue;
      // A page that cannot keep up is told to reload instead of growing our memory.
      if (client.socket.bufferedAmount > backlogLimit) {
        client.socket.close(4008, 'too slow');
        continue;
      }
      client.socket.send(`[${client.waiting.join(',')}]`);
      client.waiting = [];
    }
  }

  function publish(topic: string, where: EventPlace, data: unknown, urgent = false): void {
    const audience = listeners.get(topic);
    if (!audience || audience.size === 0) return;
    const text = JSON.stringify({ topic, data });
    for (const client of audience) {
      const { scope } = client.actor;
      if (scope.organisation !== where.organisation || !inScope(scope, where.place)) continue;
      client.waiting.push(text);
    }
    if (urgent) {
      clearTimeout(timer);
      flush();
    } else timer ??= setTimeout(flush, flushPause);
  }

  function subscribe(client: Client, topic: string): boolean {
    const rule = ruleOf(topic);
    if (!rule || !may(client.actor, rule.permission) || client.topics.size >= topicLimit) return false;
    client.topics.add(topic);
    const audience = listeners.get(topic) ?? new Set();
    if (audience.size === 0) rule.onFirst?.(topic);
    audience.add(client);
    listeners.set(topic, audience);
    return true;
  }

  function unsubscribe(client: Client, topic: string): void {
    if (!client.topics.delete(topic)) return;
    const audience = listeners.get(topic);
    audience?.delete(client);
    if (audience?.size === 0) {
      listeners.delete(topic);
      ruleOf(topic)?.onLast?.(topic);
    }
  }

  /** Takes over an authenticated socket. Messages: `{"subscribe":[…]}`, `{"unsubscribe":[…]}`, `{"ping":n}`. */
  function attach(socket: WebSocket, actor: Actor): void {
    const client: Client = { socket, actor, topics: new Set(), waiting: [] };
    clients.add(client);
    socket.on('message', (bytes: Buffer) => {
      let asked: { subscribe?: unknown; unsubscribe?: unknown; ping?: unknown };
      try {
        asked = JSON.parse(bytes.toString('utf8'));
      } catch {
        socket.close(4000, 'not JSON');
        return;
      }
      const words = (value: unknown) =>
        Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
      const refused = words(asked.subscribe).filter((topic) => !subscribe(client, topic));
      for (const topic of words(asked.unsubscribe)) unsubscribe(client, topic);
      if (asked.subscribe) socket.send(JSON.stringify([{ topic: 'subscribed', data: { refused } }]));
      if (asked.ping !== undefined) socket.send(JSON.stringify([{ topic: 'pong', data: asked.ping }]));
    });
    const gone = () => {
      for (const topic of [...client.topics]) unsubscribe(client, topic);
      clients.delete(client);
    };
    socket.on('close', gone);
    socket.on('error', gone);
  }

  return {
    topic: (
      name: string,
      rule: { permission: string; onFirst?: (topic: string) => void; onLast?: (topic: string) => void },
    ) => void rules.set(name, rule),
    forward: (event: EventType, topic: string, permission: string) => {
      rules.set(topic, { permission });
      forwards.set(event.type, topic);
    },
    forwards,
    publish,
    attach,
    /** Ends the sockets of a session that ended (H-11.1-b). */
    drop: (session: string) => {
      for (const client of clients) if (client.actor.session === session) client.socket.close(4001, 'session ended');
    },
    close: () => {
      clearTimeout(timer);
      for (const client of clients) client.socket.close(1001, 'going away');
    },
    size: () => clients.size,
  };
}

export type LiveServer = ReturnType<typeof createLive>;
