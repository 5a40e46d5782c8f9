import type { ModelEvent, Property, ThingModel } from '@keystead/contracts/thing-model';

const named = (zh: string, en: string) => ({ zh, en });

function figure(key: number, id: string, zh: string, en: string, more: Partial<Property> = {}): Property {
  return { id, key, name: named(zh, en), type: 'number', access: 'r', transferLevel: 1, storeLevel: 2, ...more };
}

function event(id: string, zh: string, en: string, transferLevel: 1 | 2 | 3, severity?: 1 | 2 | 3 | 4): ModelEvent {
  return { id, name: named(zh, en), transferLevel, storeLevel: 2, ...(severity && { severity }) };
}

const percent = { unit: '%', min: 0, max: 100 } as const;
const count = { type: 'integer', min: 0 } as const;
const service2 = { transferLevel: 2 } as const;

/** The edge agent as a thing: what it tells of itself (I-5.3.2-1, H-7.2-c). */
export const edgeAgentModel: ThingModel = {
  family: 'edge-agent',
  version: 1,
  name: named('边缘节点', 'Edge agent'),
  category: { function: 'gateway', domain: 'housing', specification: 'edge-agent' },
  authentication: 'secret',
  interval: 15,
  grace: 30,
  properties: [
    figure(1, 'onlineRate', '设备在线率', 'Devices online', { ...percent, ...service2 }),
    figure(2, 'lossRate', '通信丢失率', 'Exchanges lost', { ...percent, ...service2 }),
    figure(3, 'damaged', '校验错误帧数', 'Damaged frames', { ...count, ...service2 }),
    figure(4, 'breaks', '链路中断次数', 'Breaks of lines', { ...count, ...service2 }),
    figure(5, 'latency', '设备时延', 'Latency of devices', { unit: 'ms', min: 0 }),
    figure(6, 'links', '各链路状况', 'Lines', { type: 'json' }),
    figure(7, 'cpu', '处理器占用', 'CPU', percent),
    figure(8, 'memory', '内存占用', 'Memory', percent),
    figure(9, 'disk', '磁盘占用', 'Disk', percent),
    figure(10, 'backlog3', '三级待传条数', 'Level 3 waiting', count),
    figure(11, 'backlog2', '二级待传条数', 'Level 2 waiting', count),
    figure(12, 'backlog1', '一级待传条数', 'Level 1 waiting', count),
    figure(13, 'clockOffset', '时钟偏差', 'Clock offset', { unit: 'ms' }),
    figure(14, 'hoursLeft', '可再缓存小时数', 'Hours of room left', { unit: 'h', min: 0 }),
    figure(15, 'platformLatency', '上行时延', 'Latency to the platform', { unit: 'ms', min: 0 }),
    figure(16, 'platformBreaks', '上行中断次数', 'Breaks to the platform', count),
    figure(17, 'platformWay', '所用上行链路（1 = 主用）', 'Way to the platform in use (1 = primary)', count),
  ],
  events: [
    event('alarm', '本地告警', 'Local alarm', 3),
    event('response-done', '本地联动已执行', 'Local scene carried out', 3),
    event('response-failed', '本地联动失败', 'Local scene failed', 3, 2),
    event('access-granted', '本地开门', 'Door opened locally', 3),
    event('access-refused', '本地拒绝开门', 'Door refused locally', 3),
    event('link-broken', '设备链路中断', 'Line broken', 2, 3),
    event('link-restored', '设备链路恢复', 'Line restored', 2),
    event('link-lossy', '设备链路丢失', 'Line loses exchanges', 2, 4),
    event('frames-damaged', '设备链路误码', 'Line damages frames', 2, 4),
    event('channel-failed', '通道故障', 'Channel failed', 2, 3),
    event('link-switched', '上行链路切换', 'Platform link switched', 2, 4),
    event('line-switched', '设备链路换用设置', 'Line runs with other settings', 2, 4),
    event('parameters-changed', '传输参数调整', 'Transfer parameters changed', 1),
    event('clock-jumped', '时钟跳变', 'Clock jumped', 2, 4),
    event('records-dropped', '缓存溢出丢弃', 'Records dropped', 2, 2),
    event('configuration-applied', '配置已生效', 'Configuration applied', 2),
    event('configuration-refused', '配置被拒绝', 'Configuration refused', 2, 3),
  ],
  services: [
    { id: 'status', name: named('状态', 'Status'), risk: 'read', deadline: 10 },
    { id: 'update', name: named('升级', 'Update'), risk: 'dangerous', deadline: 3_600 },
  ],
};
