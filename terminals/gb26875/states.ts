/** Names of the bits of a state word, lowest first: the words used as properties and in events. */
export const systemBits = [
  'normal',
  'fire',
  'fault',
  'shielded',
  'supervised',
  'started',
  'feedback',
  'delayed',
  'mainsFault',
  'backupFault',
  'busFault',
  'manual',
  'changed',
  'reset',
] as const;
export const componentBits = [
  'normal',
  'fire',
  'fault',
  'shielded',
  'supervised',
  'started',
  'feedback',
  'delayed',
  'powerFault',
] as const;
export const transmitterBits = [
  'normal',
  'fire',
  'fault',
  'mainsFault',
  'backupFault',
  'centreLinkFault',
  'controllerLinkFault',
] as const;
/** What somebody did at the controller or the transmitter. */
export const operationBits = [
  'reset',
  'silenced',
  'manualAlarm',
  'alarmEnded',
  'selfTest',
  'dutyAnswer',
  'test',
] as const;

/** Each bit under its name. */
export function bitsOf(value: number, names: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(names.map((name, bit) => [name, ((value >> bit) & 1) === 1]));
}

/** Kind of building fire-protection system, for people. */
export const systemNames: Readonly<Record<number, string>> = {
  0: '通用',
  1: '火灾报警系统',
  10: '消防联动控制器',
  11: '消火栓系统',
  12: '自动喷水灭火系统',
  13: '气体灭火系统',
  14: '水喷雾灭火系统(泵)',
  15: '水喷雾灭火系统(瓶)',
  16: '泡沫灭火系统',
  17: '干粉灭火系统',
  18: '防烟排烟系统',
  19: '防火门及卷帘系统',
  20: '消防电梯',
  21: '消防应急广播',
  22: '消防应急照明和疏散指示系统',
  23: '消防电源',
  24: '消防电话',
};

/** Name and unit of an analogue value, and what one step of the number means. */
export const analogs: Readonly<Record<number, { property: string; step: number }>> = {
  1: { property: 'count', step: 1 },
  2: { property: 'height', step: 0.01 },
  3: { property: 'temperature', step: 0.1 },
  4: { property: 'pressureMPa', step: 0.1 },
  5: { property: 'pressureKPa', step: 0.1 },
  6: { property: 'gas', step: 0.1 },
  7: { property: 'duration', step: 1 },
  8: { property: 'voltage', step: 0.1 },
  9: { property: 'current', step: 0.1 },
  10: { property: 'flow', step: 0.1 },
  11: { property: 'airFlow', step: 0.1 },
  12: { property: 'airSpeed', step: 1 },
};
