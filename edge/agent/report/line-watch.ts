import type { LinkFigures } from '@keystead/terminals/port';

/** A finding about a line of devices. */
export interface LineFinding {
  event: 'link-broken' | 'link-restored' | 'link-lossy' | 'frames-damaged';
  data: { channel: string; device: string; count?: number; asked?: number };
}

export interface LineSummary {
  /** Devices whose line is up, of those that were asked at all, percent. */
  onlineRate?: number;
  /** Of the exchanges since the last look, percent. */
  lossRate?: number;
  damaged: number;
  breaks: number;
  latency?: number;
  links: Record<
    string,
    Record<string, [state: string, lost: number, damaged: number, breaks: number, latency: number | null]>
  >;
}

type Links = ReadonlyMap<string, ReadonlyMap<string, LinkFigures>>;

/** Of one device: told again after so long, ms. */
const quietMs = 60_000;
/** Share of lost exchanges that is worth a word, with so many lost at least. */
const lossy = 0.02;
/** Devices told one by one; JSON of one value is limited. */
const mostDevices = 80;

/** Watches the figures of all lines: loss, damage and breaks are told within one look after they show (I-5.3.2-1). */
export class LineWatch {
  #before = new Map<string, LinkFigures>();
  readonly #toldAt = new Map<string, number>();
  #sums = { damaged: 0, breaks: 0 };

  /** `now`: ms. */
  look(links: Links, now: number): { findings: LineFinding[]; summary: LineSummary } {
    const findings: LineFinding[] = [];
    const next = new Map<string, LinkFigures>();
    let [up, known, asked, lost, latencies, answered] = [0, 0, 0, 0, 0, 0];
    for (const [channel, devices] of links) {
      for (const [device, figures] of devices) {
        const key = `${channel}\n${device}`;
        // A channel that was opened anew counts from zero again.
        const kept = this.#before.get(key);
        const before = kept && kept.sent <= figures.sent && kept.breaks <= figures.breaks ? kept : undefined;
        next.set(key, { ...figures });
        const since = (field: 'sent' | 'lost' | 'damaged' | 'breaks') => figures[field] - (before?.[field] ?? 0);
        this.#sums.damaged += since('damaged');
        this.#sums.breaks += since('breaks');
        this.#judge(
          channel,
          device,
          figures,
          kept,
          { asked: since('sent'), lost: since('lost'), damaged: since('damaged'), breaks: since('breaks') },
          now,
          findings,
        );
        if (device === '') continue;
        asked += since('sent');
        lost += since('lost');
        if (figures.state !== 'waiting') known++;
        if (figures.state === 'up') up++;
        if (figures.latency !== undefined) {
          latencies += figures.latency;
          answered++;
        }
      }
    }
    this.#before = next;
    const summary: LineSummary = { ...this.#sums, links: shortened(links) };
    if (known > 0) summary.onlineRate = Math.round((up / known) * 1000) / 10;
    if (asked > 0) summary.lossRate = Math.min(100, Math.round((lost / asked) * 1000) / 10);
    if (answered > 0) summary.latency = Math.round((latencies / answered) * 10) / 10;
    return { findings, summary };
  }

  #judge(
    channel: string,
    device: string,
    figures: LinkFigures,
    before: LinkFigures | undefined,
    since: { asked: number; lost: number; damaged: number; breaks: number },
    now: number,
    findings: LineFinding[],
  ): void {
    const about = { channel, device };
    const wasDown = before?.state === 'down';
    if (figures.state === 'down' && !wasDown)
      findings.push({ event: 'link-broken', data: { ...about, count: figures.breaks } });
    else if (figures.state === 'up' && wasDown) findings.push({ event: 'link-restored', data: about });
    // Broken and mended between two looks is a break all the same.
    else if (since.breaks > 0 && before && this.#mayTell(`break ${channel} ${device}`, now))
      findings.push({ event: 'link-broken', data: { ...about, count: figures.breaks } });
    if (since.lost > 0 && since.lost > since.asked * lossy && this.#mayTell(`loss ${channel} ${device}`, now))
      findings.push({ event: 'link-lossy', data: { ...about, count: since.lost, asked: since.asked } });
    if (since.damaged > 0 && this.#mayTell(`damage ${channel} ${device}`, now))
      findings.push({ event: 'frames-damaged', data: { ...about, count: since.damaged } });
  }

  #mayTell(key: string, now: number): boolean {
    const at = this.#toldAt.get(key);
    if (at !== undefined && now - at < quietMs) return false;
    if (this.#toldAt.size > 20_000) this.#toldAt.clear();
    this.#toldAt.set(key, now);
    return true;
  }
}

/** Lines whole, of their devices the worst. */
function shortened(links: Links): LineSummary['links'] {
  const out: LineSummary['links'] = {};
  const row = (f: LinkFigures): LineSummary['links'][string][string] => [
    f.state,
    f.lost,
    f.damaged,
    f.breaks,
    f.latency ?? null,
  ];
  const bad = ({ state, lost, damaged, breaks }: LinkFigures) =>
    (state === 'down' ? 1e9 : 0) + lost + damaged + breaks * 10;
  const devices = [...links].flatMap(([channel, all]) =>
    [...all].map(([device, figures]) => ({ channel, device, figures })),
  );
  const lines = devices.filter(({ device }) => device === '').slice(0, mostDevices);
  const worst = devices.filter(({ device }) => device !== '').sort((a, b) => bad(b.figures) - bad(a.figures));
  for (const { channel, device, figures } of [...lines, ...worst.slice(0, mostDevices)]) {
    out[channel] ??= {};
    (out[channel] ?? {})[device.slice(0, 60)] = row(figures);
  }
  return out;
}
