import { type AddressInfo, createServer, type Socket } from 'node:net';
import { joined } from '../frame/framing.ts';
import { encodeReply, type ModbusReply } from '../frame/reply.ts';
import { decodeRequest } from '../frame/request.ts';
import { rtuFraming } from '../frame/rtu-framing.ts';
import { tcpFraming } from '../frame/tcp-framing.ts';
import { answerOf } from './answering.ts';
import type { Bank } from './bank.ts';

export interface ModbusServerOptions {
  host?: string;
  /** 0 = any free one. */
  port?: number;
  framing?: 'tcp' | 'rtu';
  /** Unit identifier → tables; other units are as silent as on a line. */
  units: ReadonlyMap<number, Bank>;
  mostConnections?: number;
  /** A connection that says nothing for so long is closed, ms. */
  idle?: number;
}

export interface ModbusServer {
  readonly port: number;
  readonly connections: number;
  /** Cuts all connections; the server goes on listening. */
  cut(): void;
  close(): Promise<void>;
}

/** The answer to one request frame; undefined = the unit is not ours. */
function replyTo(units: ReadonlyMap<number, Bank>, unit: number, pdu: Uint8Array): Uint8Array | undefined {
  const bank = units.get(unit);
  if (!bank) return undefined;
  const request = decodeRequest(pdu);
  if (typeof request === 'number') return Uint8Array.of((pdu[0] ?? 0) | 0x80, request);
  const reply: ModbusReply = answerOf(bank, request);
  return encodeReply(request, reply);
}

/** Exposes tables of registers to Modbus masters; bytes that are no request are passed over. */
export function startModbusServer(options: ModbusServerOptions): Promise<ModbusServer> {
  const { units, mostConnections = 256, idle = 120_000 } = options;
  const framing = options.framing === 'rtu' ? rtuFraming : tcpFraming;
  const sockets = new Set<Socket>();

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let bytes: Uint8Array = new Uint8Array(0);
    socket.setTimeout(idle, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      bytes = joined(bytes, chunk);
      for (;;) {
        const { request, keepFrom } = framing.findRequest(bytes);
        bytes = bytes.subarray(keepFrom);
        if (request === undefined) return;
        const reply = replyTo(units, request.unit, request.pdu);
        // One who asks without reading the answers is cut off instead of being remembered.
        if (socket.writableLength > 1 << 20) socket.destroy();
        else if (reply !== undefined) socket.write(framing.wrap(request.unit, request.transaction, reply));
      }
    });
  });
  server.maxConnections = mostConnections;

  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 }, () => {
      server.removeListener('error', reject);
      const cut = () => {
        for (const socket of sockets) socket.destroy();
      };
      resolve({
        port: (server.address() as AddressInfo).port,
        get connections() {
          return sockets.size;
        },
        cut,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            cut();
          }),
      });
    });
  });
}
