import type { ThingModel } from '@keystead/contracts/thing-model';
import { saying } from './guarded.ts';
import { daily, longTerm, personal, vital } from './levels.ts';
import { signal } from './radio.ts';
import { event, fields, flag, integer, named, number, oneOf, service } from './words.ts';

/** What a lift tells of its faults (H-6.6-b-2): `data.code` of the event `fault` is one of these. */
export const liftFaults = {
  trapped: '困人|People trapped',
  'door-open-running': '开门运行|Running with open door',
  'top-overrun': '冲顶|Overrun at the top',
  'bottom-overrun': '蹲底|Overrun at the bottom',
  overspeed: '超速|Overspeed',
  'unintended-movement': '意外移动|Unintended movement',
  'stopped-between-floors': '非平层停梯|Stopped between floors',
  'safety-circuit': '安全回路断开|Safety circuit open',
  'door-lock-circuit': '门锁回路故障|Door lock circuit',
  'door-will-not-close': '关门故障|Door will not close',
  'door-will-not-open': '开门故障|Door will not open',
  'levelling-lost': '平层故障|Levelling lost',
  'running-time-exceeded': '运行超时|Running time exceeded',
  'brake-fault': '制动器故障|Brake fault',
  'motor-overheated': '电机过热|Motor overheated',
  'drive-fault': '变频器故障|Drive fault',
  'position-lost': '楼层位置丢失|Position lost',
  'call-button-stuck': '按钮卡滞|Call button stuck',
  'power-lost': '断电|Power lost',
  'controller-fault': '控制器故障|Controller fault',
} as const;

const liftBehaviours = {
  none: '正常|Normal',
  'door-blocked': '阻挡关门|Blocking the door',
  'door-forced': '扒门|Forcing the door',
  jumping: '蹦跳|Jumping',
  'electric-bike': '电动自行车进入|Electric bike inside',
} as const;

const lift: ThingModel = {
  family: 'lift',
  version: 1,
  name: named('电梯|Lift'),
  category: { function: 'lift', domain: 'housing', specification: 'passenger-lift' },
  authentication: 'secret',
  interval: 10,
  grace: 20,
  properties: [
    oneOf(1, 'runState', '运行状态|Run state', vital, {
      idle: '待梯|Idle',
      running: '运行|Running',
      stopped: '停梯|Out of service',
      maintenance: '检修|Maintenance',
      fault: '故障|Fault',
    }),
    oneOf(2, 'direction', '运行方向|Direction', daily, { up: '上行|Up', down: '下行|Down', none: '无|None' }),
    integer(3, 'floor', '当前楼层|Floor', daily, { min: -20, max: 200 }),
    flag(4, 'doorOpen', '轿门开|Door open', vital),
    flag(5, 'occupied', '轿厢有人|Occupied', personal),
    oneOf(6, 'faultCode', '故障代码|Fault code', vital, { none: '无|None', ...liftFaults }),
    oneOf(7, 'behaviour', '乘客行为|Passenger behaviour', personal, liftBehaviours),
    number(8, 'speed', '速度|Speed', daily, { unit: 'm/s', min: 0, max: 20, resolution: 0.01 }),
    integer(9, 'trips', '累计运行次数|Trips', longTerm, { min: 0, cumulative: true }),
    ...signal,
  ],
  events: [
    event('fault', '故障|Fault', vital, 2),
    event('fault-cleared', '故障解除|Fault cleared', vital),
    event('trapped', '困人|People trapped', vital, 1),
    event('released', '被困人员解救|People released', vital),
    event('door-open-running', '开门运行|Running with open door', vital, 1),
    event('top-overrun', '冲顶|Overrun at the top', vital, 1),
    event('bottom-overrun', '蹲底|Overrun at the bottom', vital, 1),
    event('passenger-abnormal', '乘客行为异常|Abnormal passenger behaviour', personal, 3),
    event('electric-bike', '电动自行车进入|Electric bike inside', vital, 2),
  ],
  services: [
    // Floors one entry may call (H-6.6-b-3); the lift forgets them after `seconds`.
    saying(
      service(
        'allowFloors',
        '授权楼层|Allow floors',
        'normal',
        10,
        fields({
          floors: { type: 'array', items: { type: 'integer', minimum: -20, maximum: 200 }, maxItems: 220 },
          seconds: { type: 'integer', minimum: 5, maximum: 300 },
        }),
      ),
      { level: 2, repeatable: true },
    ),
    service('stopAtNextFloor', '就近停靠|Stop at the next floor', 'vital', 15),
  ],
  capabilities: { localAlarm: true, bearers: { near: ['rs-485'], remote: ['cellular'] } },
};

export const liftModels: readonly ThingModel[] = [lift];
