import type { EventEnvelope } from '@keystead/contracts/events/define';
import { jobTroubled } from '@keystead/contracts/events/jobs';
import { systemTroubled } from '@keystead/contracts/events/system';
import { batteryLifeJudged, deviceMisbehaved } from '@keystead/contracts/events/things';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Severity } from './alarm.ts';
import { platformName } from './platform-names.ts';
import type { Finding, Raising } from './raising.ts';

const at = (event: EventEnvelope): Date => new Date(event.at);

async function raiseOrClear(raising: Raising, tx: Tx, well: boolean, finding: Finding): Promise<void> {
  if (well) await raising.clear(tx, finding);
  else await raising.raise(tx, finding);
}

/** Alarms that no rule over signals finds: the platform's own troubles and devices that misbehave. */
export function subscribeSources(bus: Kernel['bus'], raising: Raising): void {
  bus.on(jobTroubled, 'alarms.job-troubled', async (event, tx) => {
    const { job, trouble, detail } = event.payload;
    await raiseOrClear(raising, tx, trouble === 'well', {
      organisation: event.organisation,
      place: '',
      rule: 'platform:job',
      subject: { kind: 'job', id: job, code: job, name: job },
      title: { zh: `后台任务异常：${job}`, en: `Background job in trouble: ${job}` },
      severity: 3,
      transferLevel: 2,
      eventTime: at(event),
      readings: { trouble, detail },
    });
  });

  bus.on(systemTroubled, 'alarms.system-troubled', async (event, tx) => {
    const { source, state, severity, detail } = event.payload;
    const { zh, en } = platformName(source);
    await raiseOrClear(raising, tx, state === 'well', {
      organisation: event.organisation,
      place: '',
      rule: 'platform:system',
      subject: { kind: 'system', id: source, code: source, name: source },
      title: { zh: `平台运行异常：${zh}`, en: `Platform in trouble: ${en}` },
      severity: Math.min(4, Math.max(1, severity)) as Severity,
      transferLevel: 2,
      eventTime: at(event),
      readings: { detail },
    });
  });

  // H-11.2-g-3: the gateway has already cut the connection; this tells people.
  bus.on(deviceMisbehaved, 'alarms.device-misbehaved', async (event, tx) => {
    const { id, code, problem, detail } = event.payload;
    await raising.raise(tx, {
      organisation: event.organisation,
      place: event.place,
      rule: `platform:security:${problem}`,
      subject: { kind: id ? 'thing' : 'peer', id: id ?? code, code, name: code },
      title: { zh: `设备接入安全告警：${code}`, en: `Device security: ${code}` },
      severity: 2,
      transferLevel: 3,
      eventTime: at(event),
      readings: { problem, detail },
    });
  });

  // H-6.3-d, H-6.4-c-1: not the level now, but where its trend leads.
  bus.on(batteryLifeJudged, 'alarms.battery-life', async (event, tx) => {
    const { id, code, name, short, years, clause } = event.payload;
    await raiseOrClear(raising, tx, !short, {
      organisation: event.organisation,
      place: event.place,
      rule: 'platform:battery-life',
      subject: { kind: 'thing', id, code, name },
      title: { zh: `电池寿命预测不足：${name}`, en: `Battery will not last: ${name}` },
      severity: 4,
      transferLevel: 1,
      eventTime: at(event),
      readings: { years, clause },
    });
  });
}
