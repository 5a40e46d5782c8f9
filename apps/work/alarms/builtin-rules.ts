import type { AlarmRule, Severity } from '@keystead/contracts/rules';

type Draft = Omit<AlarmRule, 'id'> & {
  key: string;
  /** What it finds, when rules of several families find the same; else the rule itself says it. */
  symptom?: string;
};

const named = (both: string): { zh: string; en: string } => {
  const [zh = '', en = ''] = both.split('|');
  return { zh, en };
};

const onEvent = (family: string, event: string, severity: Severity, name: string, clearEvent?: string): Draft => ({
  key: `${family}.${event}`,
  name: named(name),
  enabled: true,
  appliesTo: { family },
  trigger: { kind: 'event', severity, event, ...(clearEvent ? { clearEvent } : {}) },
});

const whenever = (
  family: string,
  key: string,
  name: string,
  levels: { severity: Severity; when: string; for?: number }[],
  more: { clear?: string; hold?: number } = {},
): Draft => ({
  key: `${family}.${key}`,
  name: named(name),
  enabled: true,
  appliesTo: { family },
  trigger: { kind: 'condition', levels, ...(more.clear ? { clear: more.clear } : {}) },
  ...(more.hold ? { hold: more.hold } : {}),
});

const offline = (family: string, severity: Severity, name: string, seconds = 0): Draft => ({
  key: `${family}.offline`,
  name: named(name),
  enabled: true,
  appliesTo: { family },
  trigger: { kind: 'offline', severity, for: seconds },
});

/** Signal so weak that the next words may not arrive (H-7.1-c-2). */
const weakSignal = (family: string): Draft => ({
  ...whenever(family, 'weak-signal', '信号弱|Weak signal', [{ severity: 4, when: 'rssi < -110' }], {
    clear: 'rssi > -105',
    hold: 60,
  }),
  symptom: 'weak-signal',
});

const lowBattery = (family: string): Draft => ({
  ...whenever(
    family,
    'low-battery',
    '电池电量低|Battery low',
    [
      { severity: 4, when: 'battery < 20' },
      { severity: 3, when: 'battery < 10' },
    ],
    { clear: 'battery > 25' },
  ),
  symptom: 'low-battery',
});

/** Rules that ship with the built-in models; each organisation gets its own copies to change as it likes. */
export const builtinRules: readonly Draft[] = [
  whenever(
    'smoke-detector',
    'smoke',
    '烟雾浓度超限|Smoke',
    [
      { severity: 2, when: 'smoke >= 5' },
      { severity: 1, when: 'smoke >= 10' },
    ],
    { clear: 'smoke < 3', hold: 5 },
  ),
  onEvent('smoke-detector', 'tamper', 2, '烟感被拆|Smoke detector tampered with'),
  onEvent('smoke-detector', 'fault', 3, '烟感故障|Smoke detector fault'),
  offline('smoke-detector', 2, '烟感离线|Smoke detector offline'),
  lowBattery('smoke-detector'),
  weakSignal('smoke-detector'),
  whenever(
    'gas-detector',
    'gas',
    '燃气泄漏|Gas leak',
    [
      { severity: 2, when: 'gas >= 5' },
      { severity: 1, when: 'gas >= 10' },
    ],
    { clear: 'gas < 3', hold: 5 },
  ),
  // H-6.3-a: what leaks to earth heats; 300 mA and 70 °C are where such monitors are set.
  whenever(
    'electrical-fire-monitor',
    'residual-current',
    '剩余电流超限|Residual current',
    [{ severity: 2, when: 'residualCurrent >= 300' }],
    { clear: 'residualCurrent < 250', hold: 5 },
  ),
  whenever(
    'electrical-fire-monitor',
    'cable-hot',
    '线缆温度过高|Cable too hot',
    [
      { severity: 2, when: 'temperature >= 70' },
      { severity: 1, when: 'temperature >= 90' },
    ],
    { clear: 'temperature < 60', hold: 5 },
  ),
  whenever('electrical-fire-monitor', 'smoke', '烟雾浓度超限|Smoke', [{ severity: 1, when: 'smoke >= 10' }], {
    clear: 'smoke < 3',
    hold: 5,
  }),
  onEvent('electrical-fire-monitor', 'sounding', 1, '电气火灾报警|Electrical fire alarm', 'alarm-ended'),
  offline('electrical-fire-monitor', 2, '电气火灾监控离线|Electrical fire monitor offline'),
  // H-6.3-b-1: a pump that runs says that there is a fire.
  onEvent('fire-pump', 'started', 1, '消防泵启动|Fire pump started', 'stopped'),
  onEvent('smoke-exhaust', 'started', 1, '排烟风机启动|Smoke exhaust started', 'stopped'),
  onEvent('gas-detector', 'fault', 3, '燃气探测器故障|Gas detector fault'),
  onEvent('lock', 'tamper', 2, '门锁被撬|Lock tampered with'),
  // H-6.5: the sixth wrong code in a row, whether the lock counts it or only tells the number.
  whenever('lock', 'wrong-codes', '连续输错密码|Wrong codes in a row', [{ severity: 2, when: 'wrongCodes > 5' }], {
    clear: 'wrongCodes == 0',
  }),
  onEvent('lock', 'door-left-open', 3, '门未关|Door left open', 'door-closed'),
  // H-6.5-c-2: a warning that makes a work order; one that bounces around its limit does not come again within a day.
  {
    ...whenever(
      'lock',
      'low-battery',
      '电池电量低|Battery low',
      [
        { severity: 3, when: 'battery < 20' },
        { severity: 2, when: 'battery < 10' },
      ],
      { clear: 'battery > 25' },
    ),
    symptom: 'low-battery',
    silence: 86_400,
  },
  weakSignal('lock'),
  offline('lock', 3, '门锁离线|Lock offline', 300),
  onEvent('water-meter', 'leak', 2, '漏水|Water leak'),
  onEvent('electricity-meter', 'overload', 2, '用电过载|Electrical overload'),
  whenever('temperature-humidity', 'hot', '室温过高|Too hot', [{ severity: 3, when: 'temperature > 45', for: 30 }], {
    clear: 'temperature < 42',
    hold: 30,
  }),
  offline('home-gateway', 3, '家庭网关离线|Home gateway offline', 60),
  onEvent('vital-sign-monitor', 'help-call', 1, '呼救|Call for help'),
  onEvent('vital-sign-monitor', 'fall', 1, '跌倒|Fall'),
  onEvent('vital-sign-monitor', 'vital-sign-abnormal', 1, '体征异常|Abnormal vital sign'),
  onEvent('camera', 'picture-lost', 3, '视频丢失|Picture lost'),
  onEvent('camera', 'covered', 3, '镜头被遮挡|Camera covered'),
  onEvent('camera', 'videoSignalLost', 2, '视频信号丢失|Video signal lost', 'videoSignalBack'),
  onEvent('camera', 'videoCovered', 2, '画面被遮挡|Picture covered', 'videoUncovered'),
  onEvent('camera', 'videoRotated', 3, '摄像机异常转动|Camera turned away', 'videoViewBack'),
  onEvent('motor', 'overheated', 2, '电机过热|Motor overheated'),
  onEvent('motor', 'fault', 2, '电机故障|Motor fault'),
  onEvent('machine', 'fault', 2, '设备故障|Machine fault'),
  onEvent('gas-meter', 'gas-leak', 1, '燃气泄漏|Gas leak'),
  onEvent('medical-aid', 'help-call', 1, '呼救|Call for help'),
  onEvent('medical-aid', 'vital-sign-abnormal', 1, '体征异常|Abnormal vital sign'),
  onEvent('entrance-guard', 'intrusion', 2, '非法闯入|Intrusion', 'intrusion-cleared'),
  onEvent('entrance-guard', 'forced-open', 2, '强行开门|Forced open'),
  onEvent('entrance-guard', 'tamper', 2, '门禁被拆|Entrance guard tampered with'),
  onEvent('entrance-guard', 'door-left-open', 3, '门未关|Door left open', 'door-closed'),
  offline('entrance-guard', 3, '门禁离线|Entrance guard offline', 60),
  onEvent('sounder', 'fault', 2, '声光警报器故障|Sounder fault'),
  offline('sounder', 2, '声光警报器离线|Sounder offline', 60),
  onEvent('lift', 'trapped', 1, '电梯困人|People trapped in a lift', 'released'),
  onEvent('lift', 'door-open-running', 1, '电梯开门运行|Lift runs with open door'),
  onEvent('lift', 'top-overrun', 1, '电梯冲顶|Lift overran the top'),
  onEvent('lift', 'bottom-overrun', 1, '电梯蹲底|Lift overran the bottom'),
  onEvent('lift', 'fault', 2, '电梯故障|Lift fault', 'fault-cleared'),
  onEvent('lift', 'passenger-abnormal', 3, '乘梯行为异常|Abnormal behaviour in a lift'),
  onEvent('lift', 'electric-bike', 2, '电动自行车进电梯|Electric bike in a lift'),
  // M-3.1.1-3b: at 100 % all is well; the first megabyte beyond is one alarm until the next month begins.
  whenever(
    'sim-card',
    'over-use',
    '流量超出套餐|Traffic beyond the plan',
    [{ severity: 3, when: 'traffic > allowance' }],
    {
      clear: 'traffic <= allowance',
    },
  ),
  onEvent('sim-card', 'moved', 2, '机卡分离|SIM card moved to another device'),
  whenever('host', 'cpu', '主机负载过高|Host overloaded', [{ severity: 3, when: 'cpu > 90', for: 60 }], {
    clear: 'cpu < 80',
    hold: 60,
  }),
  whenever(
    'host',
    'disk',
    '磁盘空间不足|Disk almost full',
    [
      { severity: 3, when: 'disk > 90' },
      { severity: 2, when: 'disk > 95' },
    ],
    { clear: 'disk < 85' },
  ),
];

const symptoms = new Map(builtinRules.flatMap(({ key, symptom }) => (symptom ? [[key, symptom] as const] : [])));

/** What a rule copied from a built-in one finds, the same for all families; undefined when the rule itself says it. */
export const symptomOfBuiltin = (key: string): string | undefined => symptoms.get(key);
