import type { LockGrant } from '@keystead/contracts/lock';
import { clause } from '@keystead/kernel/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../raw-mqtt.ts';
import { heard, type LockBench } from './bench.ts';

const hour = 3_600_000;
const year = 365 * 24 * hour;
const number = (n: number): string => String(100_000 + n);

/** The contract of the unified lock interface (H-6.5-a-2): every driver, with a lock at its end, passes all of it. */
export function lockContract(name: string, open: () => Promise<LockBench>): void {
  let bench: LockBench;
  beforeEach(async () => {
    bench = await open();
    await eventually(() => bench.connected(), 10_000);
  });
  afterEach(() => bench.close());

  const grant = (more: Partial<LockGrant> = {}): LockGrant => ({
    id: 'g1',
    means: ['card'],
    credential: number(1),
    from: bench.hand.time - hour,
    until: bench.hand.time + year,
    ...more,
  });
  const write = (more: Partial<LockGrant> = {}) => bench.call('writeGrant', { ...grant(more) });
  const card = (n = 1) => bench.hand.show('card', number(n));
  const says = (title: string) => clause('H-6.5-a-2', `${name}: ${title}`);
  const lines = () => bench.log.records.map(({ event, reason, means }) => reason ?? means ?? event);

  describe('grants', () => {
    test(
      says('a grant is written into the lock, and read back as it was written, without its credential'),
      async () => {
        const weekly = { days: [1, 3], from: 540, to: 1_080 };
        const first = grant({ uses: 3, weekly, means: ['card', 'pin'] });
        expect(await bench.call('writeGrant', { ...first })).toEqual({ id: 'g1' });
        await write({ id: 'g2', credential: number(2) });
        const { credential: _kept, ...shown } = first;
        const { grants, frozen } = await bench.call('readGrants');
        expect(frozen).toBe(false);
        expect(grants).toHaveLength(2);
        expect(grants).toContainEqual(shown);
      },
    );

    test(says('it opens, and the lock says who, from where and how'), async () => {
      expect(card()).toBe(false);
      await write();
      expect(card()).toBe(true);
      await heard(bench, 'unlocked');
      expect(bench.log.records.find(({ event }) => event === 'unlocked')).toMatchObject({
        direction: 'in',
        means: 'card',
        grant: 'g1',
      });
    });

    test(says('it begins and ends by the lock’s own clock, with the line cut all the while'), async () => {
      await write({ from: bench.hand.time + hour, until: bench.hand.time + 2 * hour });
      bench.cut();
      const opened = [card()];
      bench.hand.pass(3_600);
      opened.push(card());
      bench.hand.pass(3_600);
      opened.push(card());
      expect(opened).toEqual([false, true, false]);
      bench.mend();
      await heard(bench, 'refused', 2);
      expect(lines()).toEqual(['grant-written', 'not-yet', 'card', 'expired']);
    });

    test(says('written again under its id it replaces what was there, and the same twice is one'), async () => {
      await write();
      await write();
      expect((await bench.call('readGrants')).grants).toHaveLength(1);
      await write({ credential: number(2) });
      expect([card(1), card(2)]).toEqual([false, true]);
    });

    test(says('a grant is shortened in place, and lengthened again'), async () => {
      await write();
      await write({ until: bench.hand.time - 60_000 });
      expect(card()).toBe(false);
      await write();
      expect(card()).toBe(true);
    });

    test(says('a revoked one opens no more; revoking twice, or what never was, is no error'), async () => {
      await write();
      expect(await bench.call('revokeGrant', { id: 'g1' })).toEqual({ id: 'g1' });
      expect(await bench.call('revokeGrant', { id: 'g1' })).toEqual({ id: 'g1' });
      expect(await bench.call('revokeGrant', { id: 'never' })).toEqual({ id: 'never' });
      expect(card()).toBe(false);
      expect((await bench.call('readGrants')).grants).toEqual([]);
    });

    test(says('revoking one leaves the other of the same credential'), async () => {
      await write();
      await write({ id: 'g2' });
      await bench.call('revokeGrant', { id: 'g1' });
      expect(card()).toBe(true);
    });

    test(says('a means that was not granted does not open'), async () => {
      await write({ means: ['pin'] });
      expect([card(), bench.hand.show('pin', number(1))]).toEqual([false, true]);
    });

    for (const means of ['fingerprint', 'face'] as const)
      test(
        clause('H-6.5-b-1', 'H-6.5-a-2', `${name}: ${means} is issued, used and revoked; no template leaves the lock`),
        async () => {
          await write({ means: [means], credential: 'slot-7' });
          expect(bench.hand.show(means, 'slot-7')).toBe(true);
          await heard(bench, 'unlocked');
          expect(bench.log.openings('in')).toMatchObject([{ means, grant: 'g1' }]);
          expect(JSON.stringify(await bench.call('readGrants'))).not.toContain('slot-7');
          await bench.call('revokeGrant', { id: 'g1' });
          expect(bench.hand.show(means, 'slot-7')).toBe(false);
        },
      );

    test(says('a grant for one opening opens once, also with the line cut'), async () => {
      await write({ uses: 1 });
      bench.cut();
      expect([card(), card()]).toEqual([true, false]);
      bench.mend();
      await heard(bench, 'refused');
      expect(lines()).toContain('used-up');
    });

    test(says('a weekly grant keeps to its day'), async () => {
      const minutes = Math.floor(bench.hand.time / 60_000) + 480;
      const today = ((Math.floor(minutes / 1_440) + 3) % 7) + 1;
      await write({ weekly: { days: [today], from: 0, to: 1_440 } });
      await write({ id: 'g2', credential: number(2), weekly: { days: [(today % 7) + 1], from: 0, to: 1_440 } });
      expect([card(1), card(2)]).toEqual([true, false]);
      bench.hand.pass(86_400);
      expect([card(1), card(2)]).toEqual([false, true]);
    });

    test(says('a hundred grants stand side by side'), async () => {
      for (let n = 1; n <= 100; n++) await write({ id: `g${n}`, credential: number(n) });
      expect((await bench.call('readGrants')).grants).toHaveLength(100);
      expect([card(1), card(57), card(100), card(101)]).toEqual([true, true, true, false]);
    });

    test(says('a grant that ends before it begins is refused, and so is a means there is not'), async () => {
      await expect(write({ until: bench.hand.time - 2 * hour })).rejects.toThrow();
      await expect(bench.call('writeGrant', { ...grant(), means: ['knock'] })).rejects.toThrow();
      expect((await bench.call('readGrants')).grants).toEqual([]);
    });
  });

  describe('the door', () => {
    test(says('opens from afar, and is told so'), async () => {
      await bench.call('unlock', { reason: '租户忘带钥匙' });
      await heard(bench, 'unlocked');
      expect(lines()).toEqual(['remote']);
    });

    test(
      clause('H-6.5-b-2', 'H-6.5-a-2', `${name}: an emergency code opens so often and so long, offline and frozen too`),
      async () => {
        await bench.call('setEmergencyCode', { pin: '90807060', until: bench.hand.time + hour, uses: 2 });
        await bench.call('freeze', { frozen: true });
        bench.cut();
        const tries = [1, 2, 3].map(() => bench.hand.show('pin', '90807060'));
        expect([...tries, bench.hand.mechanicalKey()]).toEqual([true, true, false, true]);
        bench.mend();
        await heard(bench, 'unlocked', 3);
        expect(bench.log.openings('in').map(({ means }) => means)).toEqual(['emergency', 'emergency', 'mechanical']);
      },
    );

    test(says('an emergency code that ran out opens nothing'), async () => {
      await bench.call('setEmergencyCode', { pin: '90807060', until: bench.hand.time + hour, uses: 5 });
      bench.hand.pass(3_601);
      expect(bench.hand.show('pin', '90807060')).toBe(false);
    });

    test(says('frozen it lets nobody in by a grant and everybody out; thawed it is as before'), async () => {
      await write();
      expect(await bench.call('freeze', { frozen: true })).toEqual({ frozen: true });
      await eventually(() => bench.values().frozen === true);
      bench.cut();
      expect([card(), bench.hand.leave()]).toEqual([false, true]);
      bench.mend();
      await heard(bench, 'unlocked');
      expect(lines()).toEqual(['grant-written', 'frozen', 'frozen', 'handle']);
      await eventually(() => bench.connected());
      await bench.call('freeze', { frozen: false });
      expect(card()).toBe(true);
    });

    test(
      clause('H-6.5-d-1', 'H-6.5-a-2', `${name}: of a hundred openings each is told from the right side`),
      async () => {
        await write();
        for (let n = 0; n < 100; n++) expect(n % 2 === 0 ? card() : bench.hand.leave()).toBe(true);
        await heard(bench, 'unlocked', 100);
        const told = bench.log.records.filter(({ event }) => event === 'unlocked');
        expect(told.map(({ direction }) => direction)).toEqual(told.map((_, n) => (n % 2 === 0 ? 'in' : 'out')));
        expect([bench.log.openings('in').length, bench.log.openings('out').length]).toEqual([50, 50]);
        expect(bench.log.missing()).toEqual([]);
      },
    );

    test(
      clause('H-6.5-c-3', 'H-6.5-a-2', `${name}: the sixth wrong code is told; a right one in between begins anew`),
      async () => {
        await write();
        for (let n = 0; n < 5; n++) bench.hand.show('pin', '000000');
        await eventually(() => bench.values().wrongCodes === 5);
        expect(card()).toBe(true);
        await eventually(() => bench.values().wrongCodes === 0);
        for (let n = 0; n < 5; n++) bench.hand.show('pin', '000000');
        await heard(bench, 'refused', 10);
        expect(bench.log.records.some(({ event }) => event === 'wrong-code')).toBe(false);
        bench.hand.show('pin', '000000');
        await heard(bench, 'wrong-code');
      },
    );

    test(clause('H-6.5-c-1', 'H-6.5-a-2', `${name}: whoever tampers with it is told of`), async () => {
      bench.hand.tamper();
      await heard(bench, 'tamper');
    });

    test(clause('H-6.5-c-2', 'H-6.5-a-2', `${name}: a battery that gets low is told of once`), async () => {
      for (const level of [60, 21, 19, 18, 12]) bench.hand.battery(level);
      await eventually(() => bench.values().battery === 12);
      await heard(bench, 'low-battery');
      expect(bench.log.records.filter(({ event }) => event === 'low-battery')).toHaveLength(1);
    });
  });

  describe('on its own', () => {
    test(
      says('what happens with the line cut is told afterwards: in order, without a gap, with the lock’s times'),
      async () => {
        await write();
        bench.cut();
        const times: number[] = [];
        for (let n = 0; n < 20; n++) {
          times.push(bench.hand.time);
          card();
          bench.hand.pass(600);
        }
        bench.mend();
        await heard(bench, 'unlocked', 20);
        const told = bench.log.openings('in').map(({ time }) => time);
        expect(told.every((time, n) => Math.abs(time - (times[n] ?? 0)) <= 2_000)).toBe(true);
        expect(bench.log.missing()).toEqual([]);
      },
    );

    test(clause('H-6.5-d-2', 'H-6.5-a-2', `${name}: ninety days of its log are still there`), async () => {
      await write();
      bench.cut();
      const first = bench.hand.time;
      for (let day = 0; day < 90; day++) {
        card();
        bench.hand.leave();
        bench.hand.pass(86_400);
      }
      bench.mend();
      await heard(bench, 'unlocked', 180);
      await eventually(() => bench.connected());
      const { records, last } = await bench.call('readRecords', { after: 0, most: 100 });
      expect(last).toBe(181);
      expect(records).toHaveLength(100);
      const [, oldest] = records as { seq: number; time: number; event: string }[];
      expect(oldest).toMatchObject({ seq: 2, event: 'unlocked' });
      expect(Math.abs((oldest?.time ?? 0) - first)).toBeLessThanOrEqual(2_000);
      const later = await bench.call('readRecords', { after: 180, most: 100 });
      expect(later.records).toMatchObject([{ seq: 181, direction: 'out', means: 'handle' }]);
    });

    test(says('its clock is read, and put right'), async () => {
      bench.hand.pass(540);
      const right = bench.hand.time - 540_000;
      const before = await bench.call('readState');
      expect(Number(before.time) - right).toBeGreaterThanOrEqual(540_000);
      await bench.call('setClock', { time: right });
      const { time } = await bench.call('readState');
      expect(Math.abs(Number(time) - right)).toBeLessThanOrEqual(2_000);
      await heard(bench, 'clock-set');
    });

    test(says('its state is told by itself, and when asked'), async () => {
      await write();
      bench.hand.battery(77);
      await eventually(() => bench.values().battery === 77);
      const state = { locked: true, open: false, battery: 77, wrongCodes: 0, frozen: false, grants: 1 };
      expect(await bench.call('readState')).toMatchObject(state);
      expect(bench.values()).toMatchObject(state);
    });

    test(says('a new battery takes nothing from it: grants, freeze and log are there, numbers go on'), async () => {
      await write();
      await bench.call('freeze', { frozen: true });
      card();
      await heard(bench, 'refused');
      bench.hand.powerCycle();
      expect(card()).toBe(false);
      await heard(bench, 'refused', 2);
      expect(bench.log.missing()).toEqual([]);
      await eventually(() => bench.connected());
      expect(await bench.call('readGrants')).toMatchObject({ frozen: true, grants: [{ id: 'g1' }] });
    });

    test(says('what it does not know it refuses, and goes on'), async () => {
      await expect(bench.call('explode')).rejects.toThrow();
      expect(await bench.call('readState')).toMatchObject({ battery: 100 });
    });

    test(says('a call that finds nobody fails in time, and has no effect afterwards'), async () => {
      bench.cut();
      await expect(bench.call('unlock', { reason: '' })).rejects.toThrow();
      bench.mend();
      bench.hand.tamper();
      await heard(bench, 'tamper');
      await eventually(() => bench.connected());
      await bench.call('readState');
      expect(bench.log.openings('in')).toEqual([]);
    });
  });
}
