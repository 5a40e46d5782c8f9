/** What parts of the platform are called in the titles of its own alarms, for people who do not run it. */
const names: Readonly<Record<string, { zh: string; en: string }>> = {
  cpu: { zh: '处理器占用', en: 'Processor' },
  memory: { zh: '内存占用', en: 'Memory' },
  disk: { zh: '磁盘占用', en: 'Disk' },
  'signal-lag': { zh: '信号处理滞后', en: 'Signals behind' },
  'event-loop': { zh: '进程卡顿', en: 'Event-loop lag' },
  processes: { zh: '失联进程', en: 'Silent processes' },
  'database-latency': { zh: '数据库延迟', en: 'Database latency' },
  'database-connections': { zh: '数据库连接', en: 'Database connections' },
  events: { zh: '事件积压', en: 'Event backlog' },
  jobs: { zh: '任务积压', en: 'Job backlog' },
  deliveries: { zh: '放弃投递', en: 'Deliveries given up' },
  network: { zh: '网络延迟', en: 'Network latency' },
  certificate: { zh: '证书剩余', en: 'Certificate left' },
  clock: { zh: '时钟跳变', en: 'Clock step' },
  backup: { zh: '距上次备份', en: 'Since last backup' },
};

/** In both languages; one without words is called by its code. */
export const platformName = (source: string): { zh: string; en: string } => names[source] ?? { zh: source, en: source };
