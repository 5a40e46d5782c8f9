import { isGatewayFilter, readFilter, readTopic, type Subscription, type UplinkTopic } from '@keystead/terminals/mqtt';
import type { CompiledModel } from './compiled-model.ts';

/** What one thing may publish on and listen to; compiled once a session from its model and role. */
export interface TopicRights {
  /** The topic's meaning when it is the thing's own to publish on. */
  publish(topic: string): UplinkTopic | undefined;
  subscribe(filter: string): Subscription | undefined;
}

/**
 * A device has `v1/devices/me/…`, a gateway also `v1/gateway/…`, and nobody has anything else. A thing whose model
 * has no events has no event topic; one without services answers no calls.
 */
export function compileRights(model: CompiledModel, isGateway: boolean): TopicRights {
  const closed = new Set<UplinkTopic['use']>();
  if (!isGateway) {
    if (model.events.size === 0) closed.add('events');
    if (model.model.services.length === 0) closed.add('rpc-response');
  }
  return {
    publish: (topic) => {
      const meant = readTopic(topic);
      return meant === undefined || (meant.gateway && !isGateway) || closed.has(meant.use) ? undefined : meant;
    },
    subscribe: (filter) => {
      const meant = readFilter(filter);
      return meant === undefined || (isGatewayFilter(meant) && !isGateway) ? undefined : meant;
    },
  };
}
