import { connect, type Socket } from 'node:net';
import mqtt from 'mqtt-packet';

const calls = 'v1/devices/me/rpc/request/';

/** A device that does what it is told at once and says so. */
export class MqttActuator {
  readonly #socket: Socket;
  #next = 0;
  /** Calls taken. */
  taken = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static connect(port: number, token: string): Promise<MqttActuator> {
    const socket = connect({ host: '127.0.0.1', port });
    socket.setNoDelay(true);
    const actuator = new MqttActuator(socket);
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
          actuator.#answer(packet.topic.slice(calls.length));
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

  #answer(request: string): void {
    this.taken += 1;
    this.#next = (this.#next % 65_535) + 1;
    this.#socket.write(
      mqtt.generate({
        cmd: 'publish',
        topic: `v1/devices/me/rpc/response/${request}`,
        payload: '{"ok":true}',
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
