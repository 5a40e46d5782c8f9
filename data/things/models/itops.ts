import type { ThingModel } from '@keystead/contracts/thing-model';
import { daily, longTerm } from './levels.ts';
import { event, named, number, service } from './words.ts';

const host: ThingModel = {
  family: 'host',
  version: 1,
  name: named('主机|Host'),
  category: { function: 'computing', domain: 'itops', specification: 'server' },
  authentication: 'secret',
  interval: 30,
  grace: 30,
  properties: [
    number(1, 'cpu', '处理器占用|CPU', daily, { unit: '%', min: 0, max: 100 }),
    number(2, 'memory', '内存占用|Memory', daily, { unit: '%', min: 0, max: 100 }),
    number(3, 'disk', '磁盘占用|Disk', daily, { unit: '%', min: 0, max: 100 }),
    number(4, 'load', '负载|Load', longTerm, { min: 0 }),
    number(5, 'received', '接收速率|Received', longTerm, { unit: 'kbit/s', min: 0 }),
    number(6, 'sent', '发送速率|Sent', longTerm, { unit: 'kbit/s', min: 0 }),
    number(7, 'latency', '时延|Latency', longTerm, { unit: 'ms', min: 0 }),
    number(8, 'loss', '丢包率|Packet loss', longTerm, { unit: '%', min: 0, max: 100 }),
    number(9, 'uptime', '运行时长|Uptime', longTerm, { unit: 's', min: 0 }),
  ],
  events: [event('restarted', '重启|Restarted', daily), event('disk-failed', '磁盘故障|Disk failed', daily, 2)],
  services: [service('restart', '重启|Restart', 'vital', 600)],
};

export const itopsModels: readonly ThingModel[] = [host];
