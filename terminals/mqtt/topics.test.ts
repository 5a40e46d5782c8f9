import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFilter, readTopic, topics } from './topics.ts';

test('each topic of the device and gateway API has its one meaning', () => {
  expect(readTopic('v1/devices/me/telemetry')).toEqual({ use: 'telemetry', gateway: false });
  expect(readTopic('v1/devices/me/attributes')).toEqual({ use: 'attributes', gateway: false });
  expect(readTopic('v1/devices/me/events')).toEqual({ use: 'events', gateway: false });
  expect(readTopic('v1/devices/me/attributes/request/7')).toEqual({
    use: 'attributes-request',
    gateway: false,
    request: 7,
  });
  expect(readTopic('v1/devices/me/rpc/request/0')).toEqual({ use: 'rpc-request', gateway: false, request: 0 });
  expect(readTopic('v1/devices/me/rpc/response/4294967295')).toEqual({
    use: 'rpc-response',
    gateway: false,
    request: 4294967295,
  });
  expect(readTopic('v1/gateway/telemetry')).toEqual({ use: 'telemetry', gateway: true });
  expect(readTopic('v1/gateway/rpc')).toEqual({ use: 'rpc', gateway: true });
  expect(readTopic('v2/fw/request/3/chunk/17')).toEqual({
    use: 'firmware-request',
    gateway: false,
    request: 3,
    chunk: 17,
  });
  expect(readTopic('v1/gateway/fw/request/3/chunk/17')).toEqual({
    use: 'firmware-request',
    gateway: true,
    request: 3,
    chunk: 17,
  });
  expect(readTopic('v1/gateway/connect')).toEqual({ use: 'connect', gateway: true });
});

test('a topic that is not of the API has no meaning, however near it comes', () => {
  for (const topic of [
    '',
    '/',
    'v1/devices/other/telemetry',
    'v1/devices/me/telemetry/',
    'v1/devices/me/Telemetry',
    ' v1/devices/me/telemetry',
    'v1/devices/me/rpc/request/',
    'v1/devices/me/rpc/request/-1',
    'v1/devices/me/rpc/request/1e3',
    'v1/devices/me/rpc/request/01',
    'v1/devices/me/rpc/request/1/2',
    'v1/devices/me/rpc/request/12345678901',
    'v1/devices/me/problems',
    '$SYS/broker',
    'v2/t',
    'v2/fw/request/3/chunk/',
    'v2/fw/request//chunk/1',
    'v2/fw/response/3/chunk/1',
    'v2/sw/request/3/chunk/1',
  ]) {
    expect(readTopic(topic), topic).toBeUndefined();
  }
});

test('a device may listen to its own filters only, and to no wider wildcard', () => {
  expect(readFilter('v1/devices/me/rpc/request/+')).toBe('rpc-request');
  expect(readFilter('v1/devices/me/problems')).toBe('problems');
  expect(readFilter('v1/gateway/rpc')).toBe('gateway-rpc');
  for (const filter of [
    '#',
    '+',
    'v1/#',
    'v1/devices/+/rpc/request/+',
    'v1/devices/me/#',
    'v1/devices/me/rpc/+/+',
    '$SYS/#',
    '$share/g/v1/gateway/rpc',
  ]) {
    expect(readFilter(filter), filter).toBeUndefined();
  }
});

test('what is built for an answer is what the device listens to', () => {
  expect(topics.attributesResponse(5)).toBe('v1/devices/me/attributes/response/5');
  expect(topics.rpcRequest(5)).toBe('v1/devices/me/rpc/request/5');
});

test('no text is anything but a known topic or nothing', () => {
  fc.assert(
    fc.property(fc.string(), (topic) => {
      const meant = readTopic(topic);
      return meant === undefined || topic.startsWith('v1/');
    }),
  );
});
