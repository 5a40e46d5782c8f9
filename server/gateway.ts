import { type GatewayPorts, openGateway } from '@keystead/edge/gateway';
import type { Settings } from '@keystead/kernel/base/config';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { ensureCertificate } from '@keystead/kernel/security/tls';
import { countGateway } from './gateway-metrics.ts';
import type { Services } from './wiring.ts';

/** Joins the device listeners to the modules that know devices, keep signals and answer for attributes. */
export function gatewayPorts({ things, telemetry, commands, firmware, fleet }: Services): GatewayPorts {
  return {
    admission: things.admission,
    intake: {
      accept: (messages, events, received, ranges, urgent) => {
        const beside = ranges.length > 0 && { beside: (tx: Tx) => fleet.logs.keep(tx, ranges) };
        const accept = urgent ? telemetry.acceptUrgent : telemetry.accept;
        return accept({ messages, events, received, ...beside });
      },
    },
    contact: {
      heard: things.contact.heard,
      connected: things.contact.connected,
      disconnected: (thing, session, broken) => {
        things.contact.disconnected(thing, session, broken);
        commands.outbox.broken(thing);
      },
    },
    attributes: things.attributes,
    commands: commands.outbox,
    firmware: firmware.delivery,
    ranges: fleet.logs,
    refusals: things.refusals,
    provisioning: things.provisioning,
  };
}

/** Opens the device listeners: TLS where the settings bind, clear text on loopback only (H-8.1-2). */
export async function startGateway(settings: Settings, services: Services, kernel: Kernel) {
  const { key, cert } = await ensureCertificate(settings.DATA_DIR, kernel.clock.now());
  const secure = (port: number) => ({ port, host: settings.BIND, key, cert });
  const plain = (port: number) => ({ port, host: '127.0.0.1' });
  const gateway = await openGateway({
    ports: gatewayPorts(services),
    log: kernel.log,
    clock: kernel.clock,
    mqtt: { plain: plain(settings.MQTT_PORT), tls: secure(settings.MQTTS_PORT) },
    http: { plain: plain(settings.DEVICE_HTTP_PORT), tls: secure(settings.DEVICE_HTTPS_PORT) },
  });
  countGateway(kernel.metrics, gateway);
  return gateway;
}
