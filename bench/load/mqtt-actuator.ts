import { connect, type Socket } from 'node:net';
import mqtt from 'mqtt-packet';

const calls = 'v1/devices/me/rpc/request/';

/** What a device answers to a call. */
export type Answering = (method: string, params: Readonly<Record<string, unknown>>) => object;

const obliging: Answering = () => ({ ok: true });

/** A device that does what it is told at once and says so, or answers as it is told to. */
export class MqttActuator {
  readonly #socket: Socket;
  #next = 0;
  /** Calls taken. */
  taken = 0;

  readonly #answering: Answering;

  private constructor(socket: Socket, answering: Answering) {
    this.#socket = socket;
    this.#answering = answering;
  }

  static connect(port: number, token: string, answering = obliging): Promise<MqttActuator> {
    const socket = connect({ host: '127.0.0.1', port });
    socket.setNoDelay(true);
    const actuator = new MqttActuator(socket, answering);
    const parser = mqtt.parser();
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('the gateway closed the connection')));
      parser.on('packet', (packet) => {
        if (packet.cmd === 'connack')
          socket.write(
            mqtt.generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: `${calls}+`, qos: 0 }] }),
          );
        else if (packet.cmd === 'suback') resolve(actuator);
        else if (packet.cmd === 'publish' && packet.topic.startsWith(calls))
          actuator.#answer(packet.topic.slice(calls.length), packet.payload);
      });
      socket.on('data', (bytes: Buffer) => void parser.parse(bytes));
      socket.write(
        mqtt.generate({
          cmd: 'connect',
          protocolId: 'MQTT',
          protocolVersion: 4,
          clean: true,
          clientId: `bench-${token.slice(0, 12)}`,
          keepalive: 600,
          username: token,
        }),
      );
    });
  }

  #answer(request: string, call: string | Buffer): void {
    this.taken += 1;
    const { method, params } = JSON.parse(call.toString()) as { method: string; params?: Record<string, unknown> };
    this.#next = (this.#next % 65_535) + 1;
    this.#socket.write(
      mqtt.generate({
        cmd: 'publish',
        topic: `v1/devices/me/rpc/response/${request}`,
        payload: JSON.stringify(this.#answering(method, params ?? {})),
        qos: 1,
        messageId: this.#next,
        dup: false,
        retain: false,
      }),
    );
  }

  end(): void {
    this.#socket.removeAllListeners('close').destroy();
  }
}
