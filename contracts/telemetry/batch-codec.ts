import type { AcceptedBatch, AcceptedEvent, AcceptedMessage } from './message.ts';

const header = 4 + 8 + 8 + 4 + 4;

/**
 * The stream form of a batch between gateway, worker and api: little endian, all fixed-width but the texts.
 * header: gateway u32, batch f64, received f64, count u32, bytes of the events (JSON, right after the header) u32; message: thing f64, time f64, points u16, text bytes u32,
 * then per point key u16, quality u8, value f64, then the texts as JSON.
 */
export function encodeBatch(batch: AcceptedBatch): Buffer {
  const eventBytes = batch.events.length > 0 ? Buffer.from(JSON.stringify(batch.events)) : Buffer.alloc(0);
  let size = header + eventBytes.length;
  const texts: (string | undefined)[] = [];
  for (const message of batch.messages) {
    const text = message.texts && JSON.stringify(message.texts);
    texts.push(text);
    size += 22 + message.keys.length * 11 + (text ? Buffer.byteLength(text) : 0);
  }
  const out = Buffer.allocUnsafe(size);
  out.writeUInt32LE(batch.gateway, 0);
  out.writeDoubleLE(batch.batch, 4);
  out.writeDoubleLE(batch.received, 12);
  out.writeUInt32LE(batch.messages.length, 20);
  out.writeUInt32LE(eventBytes.length, 24);
  eventBytes.copy(out, header);
  let at = header + eventBytes.length;
  batch.messages.forEach((message, index) => {
    const text = texts[index];
    const points = message.keys.length;
    at = out.writeDoubleLE(message.thing, at);
    at = out.writeDoubleLE(message.time, at);
    at = out.writeUInt16LE(points, at);
    const textAt = at;
    at += 4;
    for (let i = 0; i < points; i++) {
      at = out.writeUInt16LE(message.keys[i] as number, at);
      at = out.writeUInt8(message.qualities[i] as number, at);
      at = out.writeDoubleLE(message.values[i] as number, at);
    }
    const textBytes = text ? out.write(text, at) : 0;
    out.writeUInt32LE(textBytes, textAt);
    at += textBytes;
  });
  return out;
}

export function decodeBatch(bytes: Buffer): AcceptedBatch {
  const count = bytes.readUInt32LE(20);
  const messages: AcceptedMessage[] = [];
  const eventBytes = bytes.readUInt32LE(24);
  const events =
    eventBytes > 0 ? (JSON.parse(bytes.toString('utf8', header, header + eventBytes)) as AcceptedEvent[]) : [];
  let at = header + eventBytes;
  for (let m = 0; m < count; m++) {
    const thing = bytes.readDoubleLE(at);
    const time = bytes.readDoubleLE(at + 8);
    const points = bytes.readUInt16LE(at + 16);
    const textBytes = bytes.readUInt32LE(at + 18);
    at += 22;
    const keys = new Array<number>(points);
    const qualities = new Array<number>(points);
    const values = new Array<number>(points);
    for (let i = 0; i < points; i++) {
      keys[i] = bytes.readUInt16LE(at);
      qualities[i] = bytes.readUInt8(at + 2);
      values[i] = bytes.readDoubleLE(at + 3);
      at += 11;
    }
    const message: AcceptedMessage = { thing, time, keys, values, qualities };
    if (textBytes > 0) message.texts = JSON.parse(bytes.toString('utf8', at, at + textBytes));
    at += textBytes;
    messages.push(message);
  }
  return {
    gateway: bytes.readUInt32LE(0),
    batch: bytes.readDoubleLE(4),
    received: bytes.readDoubleLE(12),
    messages,
    events,
  };
}
