import type { ThingModel } from '@keystead/contracts/thing-model';
import { bringsTo, saying, setPoint } from './guarded.ts';
import { daily, longTerm, personal, vital } from './levels.ts';
import { battery, fault, lowBattery, signal, tamper } from './radio.ts';
import { event, fields, flag, integer, named, number, oneOf, service, text } from './words.ts';

/** Doors, sounders, care and comfort: the classes a community configures beside the basic ones (H-6.6-0). */

const entranceGuard: ThingModel = {
  family: 'entrance-guard',
  version: 1,
  name: named('门禁|Entrance guard'),
  category: { function: 'entrance', domain: 'housing', specification: 'door-controller' },
  authentication: 'secret',
  interval: 30,
  grace: 25,
  properties: [
    flag(1, 'open', '门开着|Door open', vital),
    flag(2, 'sounding', '本地声光报警中|Local alarm sounding', vital),
    integer(3, 'passages', '累计通行次数|Passages', longTerm, { min: 0, cumulative: true }),
    ...signal,
  ],
  events: [
    // `data.credential` says card or biometric, `data.floors` what the entry allows.
    event('passed', '通行|Passed', personal),
    event('refused', '拒绝通行|Refused', personal),
    event('intrusion', '非法闯入|Intrusion', vital, 2),
    event('intrusion-cleared', '闯入解除|Intrusion cleared', vital),
    event('forced-open', '强行开门|Forced open', vital, 2),
    event('door-left-open', '门未关|Door left open', daily, 3),
    event('door-closed', '门关上|Door closed', daily),
    tamper,
    fault,
  ],
  services: [
    service('unlock', '远程开门|Unlock', 'vital', 15, fields({ reason: { type: 'string', maxLength: 200 } })),
    saying(service('silence', '消音|Silence', 'normal', 15), {
      level: 2,
      repeatable: true,
      readBack: { property: 'sounding', value: false, within: 30 },
    }),
  ],
  capabilities: {
    temperature: { min: -10, max: 55 },
    localAlarm: true,
    ota: true,
    bearers: { near: ['nfc'], remote: ['ethernet'] },
  },
};

/** Stands in corridors and lift lobbies (H-6.3-c-1). */
const sounder: ThingModel = {
  family: 'sounder',
  version: 1,
  name: named('声光警报器|Sounder'),
  category: { function: 'fire', domain: 'housing', specification: 'sounder' },
  authentication: 'gateway',
  interval: 60,
  grace: 45,
  properties: [
    flag(1, 'sounding', '正在报警|Sounding', vital),
    flag(2, 'mains', '市电供电|On mains', daily),
    ...signal,
  ],
  events: [event('started', '启动|Started', vital, 2), event('stopped', '停止|Stopped', vital), tamper, fault],
  services: [
    saying(service('start', '启动|Start', 'vital', 10), {
      urgent: true,
      level: 1,
      repeatable: true,
      readBack: { property: 'sounding', value: true, within: 30 },
    }),
    service('test', '自检|Self-test', 'normal', 30),
  ],
  capabilities: { temperature: { min: -10, max: 55 }, localAlarm: true },
};

const medicalAid: ThingModel = {
  family: 'medical-aid',
  version: 1,
  name: named('医疗辅助设备|Medical aid'),
  category: { function: 'health', domain: 'housing', specification: 'medical-aid' },
  authentication: 'secret',
  interval: 300,
  grace: 120,
  properties: [
    integer(1, 'systolic', '收缩压|Systolic pressure', personal, { unit: 'mm[Hg]', min: 0, max: 350 }),
    integer(2, 'diastolic', '舒张压|Diastolic pressure', personal, { unit: 'mm[Hg]', min: 0, max: 250 }),
    integer(3, 'pulse', '脉率|Pulse', personal, { unit: '/min', min: 0, max: 300 }),
    number(4, 'oxygen', '血氧饱和度|Oxygen saturation', personal, { unit: '%', min: 0, max: 100, resolution: 1 }),
    number(5, 'temperature', '体温|Body temperature', personal, { unit: 'Cel', min: 20, max: 45, resolution: 0.1 }),
    ...battery,
    ...signal,
  ],
  events: [
    event('help-call', '呼救|Call for help', personal, 1),
    event('measured', '测量完成|Measured', personal),
    event('vital-sign-abnormal', '体征异常|Abnormal vital sign', personal, 1),
    lowBattery,
    fault,
  ],
  services: [service('measure', '测量|Measure', 'normal', 120)],
};

const comfort = { domain: 'housing', specification: 'smart-home' };
const energySaving = flag(20, 'energySaving', '节能模式|Energy saving', daily);
const setEnergySaving = saying(
  service('setEnergySaving', '节能模式|Energy saving', 'normal', 15, fields({ value: { type: 'boolean' } })),
  { level: 2, repeatable: true, readBack: { property: 'energySaving', from: 'value', within: 60 } },
);

/** Smart home devices share `on`, `off` and `set`, so that one scene drives them all (H-6.6-d-1). */
const smartLight: ThingModel = {
  family: 'smart-light',
  version: 1,
  name: named('智能灯|Smart light'),
  category: { function: 'lighting', ...comfort },
  authentication: 'gateway',
  interval: 300,
  grace: 300,
  properties: [
    flag(1, 'on', '开灯|On', daily),
    number(2, 'brightness', '亮度|Brightness', daily, { unit: '%', min: 0, max: 100, resolution: 1 }),
    number(3, 'energy', '累计电量|Energy', longTerm, { unit: 'kW.h', min: 0, resolution: 0.001, cumulative: true }),
    energySaving,
    ...signal,
  ],
  events: [fault],
  services: [
    bringsTo('on', '开|On', 'on', true),
    bringsTo('off', '关|Off', 'on', false),
    setPoint('set', '设定亮度|Set brightness', 'brightness', [0, 100], [1, 60]),
    setEnergySaving,
  ],
};

const airConditioner: ThingModel = {
  family: 'air-conditioner',
  version: 1,
  name: named('空调|Air conditioner'),
  category: { function: 'climate', ...comfort },
  authentication: 'gateway',
  interval: 300,
  grace: 300,
  properties: [
    flag(1, 'on', '运行|On', daily),
    number(2, 'target', '设定温度|Target temperature', daily, { unit: 'Cel', min: 10, max: 35, resolution: 0.5 }),
    number(3, 'temperature', '室温|Room temperature', daily, { unit: 'Cel', min: -40, max: 85, resolution: 0.1 }),
    oneOf(4, 'mode', '模式|Mode', daily, {
      cool: '制冷|Cool',
      heat: '制热|Heat',
      dry: '除湿|Dry',
      fan: '送风|Fan',
      auto: '自动|Auto',
    }),
    number(5, 'energy', '累计电量|Energy', longTerm, { unit: 'kW.h', min: 0, resolution: 0.001, cumulative: true }),
    text(6, 'errorCode', '故障码|Error code', longTerm),
    energySaving,
    ...signal,
  ],
  events: [fault],
  services: [
    bringsTo('on', '开机|On', 'on', true),
    bringsTo('off', '关机|Off', 'on', false),
    setPoint('set', '设定温度|Set temperature', 'target', [16, 30], [0.5, 60]),
    saying(
      service(
        'setMode',
        '设定模式|Set mode',
        'normal',
        15,
        fields({ value: { type: 'string', enum: ['cool', 'heat', 'dry', 'fan', 'auto'] } }),
      ),
      { level: 2, repeatable: true, readBack: { property: 'mode', from: 'value', within: 60 } },
    ),
    setEnergySaving,
  ],
};

const curtain: ThingModel = {
  family: 'curtain',
  version: 1,
  name: named('窗帘|Curtain'),
  category: { function: 'shading', ...comfort },
  authentication: 'gateway',
  interval: 300,
  grace: 300,
  properties: [
    oneOf(1, 'position', '位置|Position', daily, { open: '全开|Open', closed: '全关|Closed', between: '中间|Between' }),
    number(2, 'opening', '开度|Opening', daily, { unit: '%', min: 0, max: 100, resolution: 1 }),
    energySaving,
    ...battery,
    ...signal,
  ],
  events: [event('blocked', '受阻|Blocked', daily, 4), lowBattery, fault],
  services: [
    bringsTo('on', '打开|Open', 'position', 'open'),
    bringsTo('off', '关闭|Close', 'position', 'closed'),
    setPoint('set', '设定开度|Set opening', 'opening', [0, 100], [2, 60]),
    setEnergySaving,
  ],
};

export const dwellingModels: readonly ThingModel[] = [
  entranceGuard,
  sounder,
  medicalAid,
  smartLight,
  airConditioner,
  curtain,
];
