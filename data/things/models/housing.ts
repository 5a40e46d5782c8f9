import type { ThingModel } from '@keystead/contracts/thing-model';
import { daily, longTerm, personal, vital } from './levels.ts';
import { battery, fault, lowBattery, signal, tamper } from './radio.ts';
import { event, fields, flag, integer, named, number, oneOf, service } from './words.ts';

const lock: ThingModel = {
  family: 'lock',
  version: 1,
  name: named('门锁|Lock'),
  category: { function: 'access', domain: 'housing', specification: 'smart-lock' },
  authentication: 'secret',
  interval: 30,
  grace: 25,
  properties: [
    flag(1, 'locked', '已上锁|Locked', vital),
    flag(2, 'open', '门开着|Door open', vital),
    integer(3, 'wrongCodes', '连续错误次数|Wrong codes in a row', daily, { min: 0, max: 1000 }),
    number(4, 'temperature', '温度|Temperature', longTerm, { unit: 'Cel', min: -40, max: 85, resolution: 0.5 }),
    ...battery,
    ...signal,
  ],
  events: [
    tamper,
    // The sixth wrong code in a row; `data.count` says how many.
    event('wrong-code', '连续输错密码|Wrong codes in a row', vital, 2),
    event('door-opened', '门打开|Door opened', daily),
    event('door-closed', '门关上|Door closed', daily),
    event('unlocked', '开锁|Unlocked', personal),
    event('door-left-open', '门未关|Door left open', daily, 3),
    lowBattery,
    fault,
  ],
  services: [
    service('unlock', '远程开锁|Unlock', 'vital', 15, fields({ reason: { type: 'string', maxLength: 200 } })),
    service('lock', '上锁|Lock', 'dangerous', 15),
    service('readState', '读取状态|Read state', 'read', 15),
  ],
};

const smokeDetector: ThingModel = {
  family: 'smoke-detector',
  version: 1,
  name: named('烟感|Smoke detector'),
  category: { function: 'fire', domain: 'housing', specification: 'photoelectric' },
  authentication: 'secret',
  interval: 30,
  grace: 25,
  properties: [
    number(1, 'smoke', '烟雾浓度|Smoke density', vital, { unit: '%', min: 0, max: 100, resolution: 0.1 }),
    number(2, 'temperature', '温度|Temperature', daily, { unit: 'Cel', min: -40, max: 125, resolution: 0.1 }),
    flag(3, 'alarm', '正在报警|Alarming', vital),
    number(4, 'dirt', '污染度|Contamination', longTerm, { unit: '%', min: 0, max: 100 }),
    ...battery,
    ...signal,
  ],
  events: [
    event('smoke', '烟雾报警|Smoke', vital, 1),
    event('smoke-cleared', '烟雾消除|Smoke cleared', vital),
    event('tested', '自检|Tested', longTerm),
    tamper,
    lowBattery,
    fault,
  ],
  services: [service('silence', '消音|Silence', 'dangerous', 15), service('test', '自检|Self-test', 'normal', 30)],
};

const gasDetector: ThingModel = {
  family: 'gas-detector',
  version: 1,
  name: named('燃气探测器|Gas detector'),
  category: { function: 'gas-safety', domain: 'housing', specification: 'methane' },
  authentication: 'secret',
  interval: 60,
  grace: 45,
  properties: [
    // Share of the lower explosive limit.
    number(1, 'gas', '可燃气浓度|Combustible gas', vital, { unit: '%', min: 0, max: 100, resolution: 0.1 }),
    flag(2, 'valveOpen', '阀门开|Valve open', vital),
    number(3, 'temperature', '温度|Temperature', daily, { unit: 'Cel', min: -40, max: 85, resolution: 0.1 }),
    ...signal,
  ],
  events: [
    event('gas-leak', '燃气泄漏|Gas leak', vital, 1),
    event('gas-cleared', '泄漏消除|Gas cleared', vital),
    event('valve-closed', '阀门关闭|Valve closed', vital),
    event('sensor-expired', '传感器到期|Sensor expired', longTerm, 3),
    fault,
  ],
  services: [service('closeValve', '关阀|Close valve', 'dangerous', 15)],
};

const temperatureHumidity: ThingModel = {
  family: 'temperature-humidity',
  version: 1,
  name: named('温湿度计|Temperature and humidity'),
  category: { function: 'environment', domain: 'housing', specification: 'temperature-humidity' },
  authentication: 'gateway',
  interval: 60,
  grace: 45,
  properties: [
    number(1, 'temperature', '温度|Temperature', daily, {
      unit: 'Cel',
      min: -40,
      max: 85,
      resolution: 0.1,
      maxRate: 1,
    }),
    number(2, 'humidity', '湿度|Humidity', daily, { unit: '%', min: 0, max: 100, resolution: 0.1 }),
    ...battery,
    ...signal,
  ],
  events: [lowBattery, fault],
  services: [],
};

const homeGateway: ThingModel = {
  family: 'home-gateway',
  version: 1,
  name: named('家庭网关|Home gateway'),
  category: { function: 'gateway', domain: 'housing', specification: 'home' },
  authentication: 'secret',
  interval: 30,
  grace: 25,
  properties: [
    integer(1, 'devices', '下挂设备数|Devices behind it', longTerm, { min: 0, max: 5000 }),
    number(2, 'uptime', '运行时长|Uptime', longTerm, { unit: 's', min: 0 }),
    number(3, 'latency', '时延|Latency', longTerm, { unit: 'ms', min: 0 }),
    number(4, 'loss', '丢包率|Packet loss', longTerm, { unit: '%', min: 0, max: 100 }),
    flag(5, 'mains', '市电供电|On mains', daily),
    ...signal,
  ],
  events: [
    event('restarted', '重启|Restarted', daily),
    event('power-lost', '断电|Power lost', daily, 3),
    tamper,
    fault,
  ],
  services: [service('restart', '重启|Restart', 'dangerous', 60)],
};

/** Video stays with the video system; here a camera is a thing with a state. */
const camera: ThingModel = {
  family: 'camera',
  version: 1,
  name: named('摄像机|Camera'),
  category: { function: 'video', domain: 'housing', specification: 'ip-camera' },
  authentication: 'secret',
  interval: 30,
  grace: 25,
  properties: [
    flag(1, 'recording', '正在录像|Recording', daily),
    flag(2, 'covered', '镜头遮挡|Covered', daily),
    number(3, 'storageUsed', '存储占用|Storage used', longTerm, { unit: '%', min: 0, max: 100 }),
    number(4, 'bitrate', '码流|Bit rate', longTerm, { unit: 'kbit/s', min: 0 }),
    number(5, 'latency', '时延|Latency', longTerm, { unit: 'ms', min: 0 }),
    number(6, 'loss', '丢包率|Packet loss', longTerm, { unit: '%', min: 0, max: 100 }),
  ],
  events: [
    event('picture-lost', '画面丢失|Picture lost', daily, 3),
    event('covered', '镜头被遮挡|Covered', daily, 3),
    tamper,
    fault,
  ],
  services: [service('restart', '重启|Restart', 'dangerous', 60)],
};

const vitalSignMonitor: ThingModel = {
  family: 'vital-sign-monitor',
  version: 1,
  name: named('生命体征监测仪|Vital sign monitor'),
  category: { function: 'health', domain: 'housing', specification: 'contactless' },
  authentication: 'secret',
  interval: 60,
  grace: 45,
  properties: [
    flag(1, 'present', '有人|Someone present', personal),
    number(2, 'heartRate', '心率|Heart rate', personal, { unit: '/min', min: 0, max: 300, resolution: 1 }),
    number(3, 'breathRate', '呼吸率|Breathing rate', personal, { unit: '/min', min: 0, max: 120, resolution: 1 }),
    oneOf(4, 'posture', '姿态|Posture', personal, {
      none: '无|None',
      standing: '站|Standing',
      sitting: '坐|Sitting',
      lying: '卧|Lying',
      fallen: '跌倒|Fallen',
    }),
    ...signal,
  ],
  events: [
    event('help-call', '呼救|Call for help', personal, 1),
    event('fall', '跌倒|Fall', personal, 1),
    event('vital-sign-abnormal', '体征异常|Abnormal vital sign', personal, 1),
    event('no-motion', '长时间无活动|No motion for long', personal, 2),
    fault,
  ],
  services: [],
};

export const housingModels: readonly ThingModel[] = [
  lock,
  smokeDetector,
  gasDetector,
  temperatureHumidity,
  homeGateway,
  camera,
  vitalSignMonitor,
];
