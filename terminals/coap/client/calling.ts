import { InputInvalid } from '@keystead/contracts/problem';
import {
  countedSilence,
  DeviceRefused,
  DeviceSilent,
  isJsonObject,
  isRefusal,
  type LinkCounter,
  MethodUnknown,
  problemOf,
} from '@keystead/terminals/port';
import type { Known } from '../known.ts';
import { methods } from '../message/code.ts';
import { optionNumbers, targetOptions, uintOption } from '../message/option.ts';
import type { Calls } from '../server/calls.ts';
import { resourceOf, type Service } from '../server/service.ts';
import type { CoapResource } from '../settings.ts';
import type { Endpoint } from '../transport/endpoint.ts';
import { type Asked, findPeer } from './asking.ts';
import { get, put, type Way } from './bodies.ts';
import { pointOf, readRepresentation, writtenAs } from './values.ts';
import { readRequest } from './watching.ts';

export interface CallUse {
  endpoint: Endpoint;
  service: Service;
  calls: Calls;
  links: LinkCounter;
}

interface Call {
  method: string;
  params: unknown;
  /** ms. */
  deadline: number;
}

/**
 * `read {point}` and `write {point, value}` go to the device's resources, `attributes {…}` and everything else to who
 * observes its own: a call is answered by POST to `rpc/{id}`.
 */
export async function callDevice(known: Known, asked: Asked | undefined, call: Call, use: CallUse): Promise<unknown> {
  const { method, params, deadline } = call;
  if (asked && (method === 'read' || method === 'write')) return onResource(known, asked, call, use);
  if (method === 'attributes') {
    const told = await within(deadline, known.name, use.service.tell(known.name, 'attributes', params));
    if (!told) throw new DeviceSilent({ device: known.name, detail: 'nobody observes its attributes' });
    return { told };
  }
  if (!use.service.observed(resourceOf(known.name, 'rpc'))) {
    if (asked) throw new MethodUnknown({ device: known.name, method });
    throw new DeviceSilent({ device: known.name, detail: 'it does not observe its rpc resource' });
  }
  const { number, answer, giveUp } = use.calls.begin(known.name, deadline);
  use.links.sent(known.name);
  use.service.tell(known.name, 'rpc', { id: number, method, params }).then((told) => {
    // It may have answered before its acknowledgement was lost: then this comes too late and changes nothing.
    if (!told) giveUp(new DeviceSilent({ device: known.name, detail: 'the call was not acknowledged' }));
  }, giveUp);
  return countedSilence(use.links, known.name, () => answer);
}

async function within<T>(deadline: number, device: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeviceSilent({ device })), deadline);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function onResource({ name, at }: Known, asked: Asked, call: Call, use: CallUse): Promise<unknown> {
  const params = isJsonObject(call.params) ? call.params : {};
  const resource = at.resources?.find((one) => pointOf(one) === params.point || one.path === params.point);
  if (!resource) throw new InputInvalid({ device: name }, [{ pointer: '/point', code: 'unknown' }]);
  const writes = call.method === 'write';
  if (writes && !resource.writable)
    throw new InputInvalid({ device: name }, [{ pointer: '/point', code: 'read-only' }]);
  if (writes && params.value === undefined)
    throw new InputInvalid({ device: name }, [{ pointer: '/value', code: 'required' }]);
  const began = performance.now();
  use.links.sent(name);
  return countedSilence(use.links, name, async () => {
    const way = { endpoint: use.endpoint, peer: await findPeer(asked), asked, until: began + call.deadline };
    const done = writes ? await write(way, resource, params.value) : await read(way, resource);
    use.links.received(name, performance.now() - began);
    return done;
  });
}

async function read(way: Way, resource: CoapResource): Promise<{ point: string; value: unknown }> {
  const said = readRepresentation(await get(way, readRequest(resource.path)));
  if (isRefusal(said)) throw problemOf(said);
  return { point: pointOf(resource), value: said.value };
}

/** Written once and read back; a device that does not let it be read leaves `verified` false. */
async function write(way: Way, resource: CoapResource, value: unknown): Promise<unknown> {
  const { format, payload } = writtenAs(value, resource.form);
  const options = [...targetOptions(resource.path), uintOption(optionNumbers.contentFormat, format)];
  await put(way, { code: methods.put, options, payload });
  const point = pointOf(resource);
  try {
    const { value: readBack } = await read(way, resource);
    return { point, value, readBack, verified: sameWritten(readBack, value, resource.form) };
  } catch (cause) {
    // It was written; that it cannot be read is no failure of the writing.
    if (cause instanceof DeviceSilent || cause instanceof DeviceRefused) return { point, value, verified: false };
    throw cause;
  }
}

/** Plain text has no types: the text 12 is read back as a number. */
function sameWritten(readBack: unknown, value: unknown, form: CoapResource['form']): boolean {
  const text = (one: unknown) => (form === 'text' && typeof one === 'string' ? one : JSON.stringify(one));
  return text(readBack) === text(value);
}
