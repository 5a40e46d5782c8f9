import type { Property, ThingModel } from '@keystead/contracts/thing-model';
import { daily, longTerm, vital } from './levels.ts';
import { event, fields, integer, named, number, oneOf, service, text } from './words.ts';

/** Running state, fault, energy and key parameters every driven machine tells (I-5.2.2.1); same keys in each family. */
const running: Property[] = [
  oneOf(1, 'runState', '运行状态|Running state', vital, {
    running: '运行|Running',
    stopped: '停止|Stopped',
    standby: '待机|Standby',
    fault: '故障停机|Stopped by fault',
  }),
  integer(2, 'faultCode', '故障代码|Fault code', vital, { min: 0, max: 65_535 }),
  number(3, 'power', '功率|Power', daily, { unit: 'kW', min: 0, max: 10_000, resolution: 0.01 }),
  number(4, 'energy', '累计电量|Energy', daily, { unit: 'kW.h', min: 0, resolution: 0.01, cumulative: true }),
  number(5, 'runTime', '累计运行时间|Running time', longTerm, {
    unit: 'h',
    min: 0,
    resolution: 0.01,
    cumulative: true,
  }),
];

const faultRaised = event('fault', '故障|Fault', vital, 2);
const setPoint = (minimum: number, maximum: number) => fields({ value: { type: 'number', minimum, maximum } });

const drives = [
  service('start', '启动|Start', 'dangerous', 15),
  service('stop', '停止|Stop', 'dangerous', 15),
  service('pause', '暂停|Pause', 'dangerous', 15),
  service('restart', '重启|Restart', 'dangerous', 60),
  service('reset', '复位|Reset', 'dangerous', 15),
];

const motor: ThingModel = {
  family: 'motor',
  version: 1,
  name: named('电机|Motor'),
  category: { function: 'drive', domain: 'industry', specification: 'three-phase-motor' },
  authentication: 'secret',
  interval: 10,
  grace: 20,
  properties: [
    ...running,
    number(10, 'temperature', '绕组温度|Winding temperature', daily, {
      unit: 'Cel',
      min: -40,
      max: 250,
      resolution: 0.1,
    }),
    number(11, 'speed', '转速|Speed', daily, { unit: '{rev}/min', min: 0, max: 30_000, resolution: 1 }),
    number(12, 'vibration', '振动|Vibration', daily, { unit: 'mm/s', min: 0, max: 200, resolution: 0.01 }),
    number(13, 'current', '电流|Current', daily, { unit: 'A', min: 0, max: 5_000, resolution: 0.1 }),
  ],
  events: [faultRaised, event('overheated', '过热|Overheated', vital, 2)],
  services: [...drives, service('setSpeed', '设定转速|Set speed', 'dangerous', 15, setPoint(0, 30_000))],
};

const machine: ThingModel = {
  family: 'machine',
  version: 1,
  name: named('生产设备|Production machine'),
  category: { function: 'production', domain: 'industry', specification: 'process-machine' },
  authentication: 'secret',
  interval: 10,
  grace: 20,
  properties: [
    ...running,
    number(10, 'temperature', '温度|Temperature', daily, { unit: 'Cel', min: -100, max: 2_000, resolution: 0.1 }),
    number(11, 'pressure', '压力|Pressure', daily, { unit: 'MPa', min: 0, max: 100, resolution: 0.001 }),
    number(12, 'speed', '速度|Speed', daily, { unit: '{rev}/min', min: 0, max: 30_000, resolution: 1 }),
    number(13, 'flow', '流量|Flow', daily, { unit: 'm3/h', min: 0, max: 100_000, resolution: 0.01 }),
    integer(14, 'pieces', '产量|Pieces made', daily, { min: 0, cumulative: true }),
    text(15, 'program', '程序|Program', longTerm),
  ],
  events: [faultRaised, event('changeover', '换型|Changeover', longTerm)],
  services: [
    ...drives,
    service('setTemperature', '设定温度|Set temperature', 'dangerous', 15, setPoint(-100, 2_000)),
    service('setPressure', '设定压力|Set pressure', 'dangerous', 15, setPoint(0, 100)),
    service('calibrate', '校准|Calibrate', 'dangerous', 300),
  ],
};

const edgeGateway: ThingModel = {
  family: 'edge-gateway',
  version: 1,
  name: named('边缘网关|Edge gateway'),
  category: { function: 'gateway', domain: 'industry', specification: 'edge' },
  authentication: 'certificate',
  interval: 30,
  grace: 30,
  properties: [
    number(1, 'cpu', '处理器占用|CPU', longTerm, { unit: '%', min: 0, max: 100 }),
    number(2, 'memory', '内存占用|Memory', longTerm, { unit: '%', min: 0, max: 100 }),
    number(3, 'buffered', '缓存条数|Buffered messages', daily, { min: 0 }),
    number(4, 'latency', '时延|Latency', longTerm, { unit: 'ms', min: 0 }),
    number(5, 'loss', '丢包率|Packet loss', longTerm, { unit: '%', min: 0, max: 100 }),
    number(6, 'uptime', '运行时长|Uptime', longTerm, { unit: 's', min: 0 }),
  ],
  events: [
    event('restarted', '重启|Restarted', daily),
    event('buffer-full', '缓存已满|Buffer full', daily, 2),
    faultRaised,
  ],
  services: [service('restart', '重启|Restart', 'dangerous', 60)],
};

export const industryModels: readonly ThingModel[] = [motor, machine, edgeGateway];
