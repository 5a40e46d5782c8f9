import type { Service, ThingModel } from '@keystead/contracts/thing-model';
import { base, saying, setPoint } from './guarded.ts';
import { housingModels } from './housing.ts';
import { industryModels } from './industry.ts';
import { daily, vital } from './levels.ts';
import { fault } from './radio.ts';
import { event, fields, flag, named, number, oneOf, service } from './words.ts';

/** Versions and families whose services say how they are verified, who may use them and what goes ahead of all. */

const ends = (id: string, both: `${string}|${string}`, value: string, deadline = 15): Service =>
  saying(service(id, both, 'dangerous', deadline), { readBack: { property: 'runState', value, within: 60 } });

/** Start, stop, pause and restart move machines: a second person agrees. The emergency stop waits for nobody. */
const drives: Service[] = [
  ends('start', '启动|Start', 'running'),
  ends('stop', '停止|Stop', 'stopped'),
  ends('pause', '暂停|Pause', 'standby'),
  ends('restart', '重启|Restart', 'running', 60),
  service('reset', '复位|Reset', 'dangerous', 15),
  saying(service('emergencyStop', '急停|Emergency stop', 'vital', 5), { urgent: true, level: 1, repeatable: true }),
];

const motor: ThingModel = {
  ...base(industryModels, 'motor'),
  version: 2,
  services: [...drives, setPoint('setSpeed', '设定转速|Set speed', 'speed', [0, 30_000], [10, 60])],
};

const machine: ThingModel = {
  ...base(industryModels, 'machine'),
  version: 2,
  services: [
    ...drives,
    setPoint('setTemperature', '设定温度|Set temperature', 'temperature', [-100, 2_000], [0.5, 600]),
    setPoint('setPressure', '设定压力|Set pressure', 'pressure', [0, 100], [0.01, 600]),
    setPoint('setSpeed', '设定速度|Set speed', 'speed', [0, 30_000], [10, 60]),
    saying(service('calibrate', '校准|Calibrate', 'dangerous', 300), { record: 'calibration' }),
  ],
};

const valve: ThingModel = {
  family: 'valve',
  version: 1,
  name: named('阀门|Valve'),
  category: { function: 'actuator', domain: 'industry', specification: 'control-valve' },
  authentication: 'secret',
  interval: 60,
  grace: 60,
  properties: [
    number(1, 'opening', '开度|Opening', daily, { unit: '%', min: 0, max: 100, resolution: 0.1 }),
    oneOf(2, 'position', '阀位|Position', vital, {
      open: '全开|Open',
      closed: '全关|Closed',
      between: '中间|Between',
    }),
    number(3, 'torque', '力矩|Torque', daily, { unit: '%', min: 0, max: 300, resolution: 0.1 }),
  ],
  events: [event('stuck', '卡阻|Stuck', vital, 2), fault],
  services: [
    saying(service('open', '开阀|Open', 'dangerous', 60), {
      readBack: { property: 'position', value: 'open', within: 120 },
    }),
    saying(service('close', '关阀|Close', 'dangerous', 60), {
      readBack: { property: 'position', value: 'closed', within: 120 },
    }),
    setPoint('setOpening', '设定开度|Set opening', 'opening', [0, 100], [1, 120]),
    saying(service('emergencyClose', '紧急关断|Emergency close', 'vital', 5), {
      urgent: true,
      level: 1,
      repeatable: true,
      readBack: { property: 'position', value: 'closed', within: 60 },
    }),
  ],
};

const relay: ThingModel = {
  family: 'relay',
  version: 1,
  name: named('继电器|Relay'),
  category: { function: 'actuator', domain: 'industry', specification: 'relay' },
  authentication: 'secret',
  interval: 60,
  grace: 60,
  properties: [
    flag(1, 'closed', '吸合|Closed', vital),
    number(2, 'current', '电流|Current', daily, { unit: 'A', min: 0 }),
  ],
  events: [fault],
  services: [
    saying(service('switch', '通断|Switch', 'normal', 15, fields({ closed: { type: 'boolean' } })), {
      level: 2,
      repeatable: true,
      readBack: { property: 'closed', from: 'closed', within: 30 },
    }),
  ],
};

/** Gas: closing is the safe side, so nobody has to agree first. */
const gasDetector: ThingModel = {
  ...base(housingModels, 'gas-detector'),
  version: 2,
  services: [
    saying(service('closeValve', '关阀|Close valve', 'dangerous', 15), {
      urgent: true,
      repeatable: true,
      readBack: { property: 'valveOpen', value: false, within: 60 },
    }),
  ],
};

/** Starts by itself when the system pressure falls or the fire panel says so; the platform may start it, never hold it (H-6.3-b-2). */
const firePump: ThingModel = {
  family: 'fire-pump',
  version: 1,
  name: named('消防泵|Fire pump'),
  category: { function: 'fire', domain: 'housing', specification: 'hydrant-pump' },
  authentication: 'secret',
  interval: 30,
  grace: 30,
  properties: [
    flag(1, 'running', '运行|Running', vital),
    flag(2, 'autoStart', '自动启动投入|Autonomous start enabled', vital, { access: 'rw', autonomy: 'disables' }),
    number(3, 'pressure', '管网压力|Pressure', vital, { unit: 'MPa', min: 0, max: 4, resolution: 0.001 }),
    number(4, 'reportInterval', '上报间隔|Report interval', daily, { unit: 's', min: 1, max: 3600, access: 'rw' }),
  ],
  events: [event('started', '启动|Started', vital, 1), event('stopped', '停止|Stopped', vital, 2), fault],
  services: [
    saying(service('start', '启动|Start', 'vital', 10), { urgent: true, repeatable: true, level: 1 }),
    service('test', '巡检|Periodic test', 'normal', 60),
    saying(service('setManual', '切至手动|Switch to manual', 'vital', 10), { autonomy: 'disables' }),
  ],
};

export const controlledModels: readonly ThingModel[] = [motor, machine, valve, relay, gasDetector, firePump];
