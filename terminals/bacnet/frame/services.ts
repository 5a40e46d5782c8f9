import { errorText, mostInstance, type ObjectId } from './names.ts';
import { type Tag, TagCursor, TagWriter, unsignedOf } from './tags.ts';
import { type BacnetValue, contentOfObject, objectIdIn, valueIn, valuesIn } from './values.ts';

// What stands in requests and answers. Readers answer undefined when the bytes are not what they should be.

/** One property of one object; `index`: of an item of a list, 0 = how many there are. */
export interface PropertyAddress {
  object: ObjectId;
  property: number;
  index?: number;
}

/** `error`: a word of the standard. `values` undefined: constructed, not primitive. */
export interface ReadResult extends PropertyAddress {
  values?: BacnetValue[];
  error?: string;
}

export interface IAm {
  device: number;
  vendor: number;
  /** Octets its messages may have. */
  most: number;
}

export interface CovNotification {
  subscriber: number;
  device: number;
  object: ObjectId;
  values: { property: number; values?: BacnetValue[] }[];
}

const mostResults = 2_000;

export const writeWhoIs = (low?: number, high?: number): Uint8Array =>
  low === undefined || high === undefined
    ? new Uint8Array(0)
    : new TagWriter().unsigned(0, low).unsigned(1, high).done();

export function readIAm(bytes: Uint8Array): IAm | undefined {
  const cursor = new TagCursor(bytes);
  const [object, most, , vendor] = [cursor.next(), cursor.next(), cursor.next(), cursor.next()];
  if (!cursor.ok || !object || object.number !== 12 || object.isContext) return undefined;
  const id = objectIdIn(object.content);
  const numbers = [unsignedOf(most?.content ?? object.content), unsignedOf(vendor?.content ?? object.content)];
  if (id?.type !== 8 || id.instance > mostInstance || numbers.some((number) => !Number.isFinite(number)))
    return undefined;
  return { device: id.instance, most: numbers[0] ?? 0, vendor: numbers[1] ?? 0 };
}

function reference(to: TagWriter, { property, index }: PropertyAddress, tags: [number, number]): TagWriter {
  to.unsigned(tags[0], property);
  return index === undefined ? to : to.unsigned(tags[1], index);
}

export function writeReadProperty(address: PropertyAddress): Uint8Array {
  return reference(new TagWriter().context(0, contentOfObject(address.object)), address, [1, 2]).done();
}

function numberIn(content: Uint8Array | undefined): number | undefined {
  const number = content && unsignedOf(content);
  return number === undefined || !Number.isFinite(number) ? undefined : number;
}

export function readReadPropertyAck(bytes: Uint8Array): ReadResult | undefined {
  const cursor = new TagCursor(bytes);
  const object = objectIdIn(cursor.context(0));
  const property = numberIn(cursor.context(1));
  const index = numberIn(cursor.optional(2));
  if (!cursor.open(3)) return undefined;
  const values = valuesIn(cursor.until(3));
  if (!cursor.ok || !object || property === undefined) return undefined;
  return { object, property, ...(index !== undefined && { index }), ...(values && { values }) };
}

/** Neighbouring addresses of one object stand together. */
export function writeReadMultiple(addresses: readonly PropertyAddress[]): Uint8Array {
  const to = new TagWriter();
  let before: ObjectId | undefined;
  for (const address of addresses) {
    const { object } = address;
    if (before?.type !== object.type || before.instance !== object.instance) {
      if (before) to.close(1);
      to.context(0, contentOfObject(object)).open(1);
      before = object;
    }
    reference(to, address, [0, 1]);
  }
  return before ? to.close(1).done() : to.done();
}

export function readReadMultipleAck(bytes: Uint8Array): ReadResult[] | undefined {
  const cursor = new TagCursor(bytes);
  const results: ReadResult[] = [];
  while (cursor.ok && !cursor.ended && results.length < mostResults) {
    const object = objectIdIn(cursor.context(0));
    if (!object || !cursor.open(1)) return undefined;
    while (cursor.ok && !cursor.isContext(1, 'close')) {
      const result = oneResult(cursor, object);
      if (!result) return undefined;
      results.push(result);
    }
    cursor.next();
  }
  return cursor.ok ? results : undefined;
}

function oneResult(cursor: TagCursor, object: ObjectId): ReadResult | undefined {
  const property = numberIn(cursor.context(2));
  const index = numberIn(cursor.optional(3));
  if (property === undefined) return undefined;
  const about = { object, property, ...(index !== undefined && { index }) };
  if (cursor.isContext(4, 'open')) {
    cursor.next();
    const values = valuesIn(cursor.until(4));
    return { ...about, ...(values && { values }) };
  }
  if (!cursor.open(5)) return undefined;
  return { ...about, error: errorText(codeIn(cursor.until(5))) };
}

/** Class and code stand side by side; the code tells. */
function codeIn(tags: readonly Tag[]): number {
  const code = tags[1] && valueIn(tags[1])?.value;
  return typeof code === 'number' ? code : 0;
}

export function readError(bytes: Uint8Array): number {
  const cursor = new TagCursor(bytes);
  const tags = [cursor.next(), cursor.next()].filter((tag) => tag !== undefined);
  return codeIn(tags);
}

/** `value`: an application tag. `priority`: 1 … 16, the lower the stronger. */
export function writeWriteProperty(address: PropertyAddress, value: Uint8Array, priority?: number): Uint8Array {
  const to = reference(new TagWriter().context(0, contentOfObject(address.object)), address, [1, 2]);
  to.open(3).raw(value).close(3);
  return (priority === undefined ? to : to.unsigned(4, priority)).done();
}

/** `lifetime`: seconds; absent = the subscription is ended. */
export function writeSubscribeCov(
  subscriber: number,
  object: ObjectId,
  how?: { isConfirmed: boolean; lifetime: number },
): Uint8Array {
  const to = new TagWriter().unsigned(0, subscriber).context(1, contentOfObject(object));
  if (!how) return to.done();
  return to
    .context(2, Uint8Array.of(how.isConfirmed ? 1 : 0))
    .unsigned(3, how.lifetime)
    .done();
}

export function readCovNotification(bytes: Uint8Array): CovNotification | undefined {
  const cursor = new TagCursor(bytes);
  const subscriber = numberIn(cursor.context(0));
  const device = objectIdIn(cursor.context(1));
  const object = objectIdIn(cursor.context(2));
  cursor.context(3);
  if (!cursor.open(4) || subscriber === undefined || !device || !object) return undefined;
  const values: CovNotification['values'] = [];
  while (cursor.ok && !cursor.isContext(4, 'close')) {
    const property = numberIn(cursor.context(0));
    cursor.optional(1);
    if (property === undefined || !cursor.open(2) || values.length >= mostResults) return undefined;
    const inside = valuesIn(cursor.until(2));
    cursor.optional(3);
    values.push({ property, ...(inside && { values: inside }) });
  }
  return cursor.ok ? { subscriber, device: device.instance, object, values } : undefined;
}

/** Objects a device is made of, from an answer about its list. */
export function objectsIn(values: readonly BacnetValue[] | undefined): string[] {
  return (values ?? []).flatMap(({ type, value }) => (type === 'object' && typeof value === 'string' ? [value] : []));
}
