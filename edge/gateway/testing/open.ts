import { createLog } from '@keystead/kernel/base';
import { type Gateway, type GatewayOptions, openGateway } from '../gateway.ts';
import { MemoryPorts } from './memory-ports.ts';

export interface TestGateway {
  gateway: Gateway;
  memory: MemoryPorts;
  mqttPort: number;
  httpUrl: string;
}

const anywhere = { port: 0, host: '127.0.0.1' };

/** A gateway on free ports of the loopback, with everything behind it in memory. */
export async function openTestGateway(
  options: Partial<GatewayOptions> = {},
  memory = new MemoryPorts(),
): Promise<TestGateway> {
  const gateway = await openGateway({
    ports: memory.ports,
    log: createLog('gateway', 'silent'),
    mqtt: { plain: anywhere },
    http: { plain: anywhere },
    ...options,
  });
  return {
    gateway,
    memory,
    mqttPort: gateway.addresses.mqtt.plain ?? 0,
    httpUrl: `http://127.0.0.1:${gateway.addresses.http.plain}`,
  };
}
