import { setTimeout as sleep } from 'node:timers/promises';
import { type Operation, operations, type Person } from './operations.ts';

/** How long answers took, in ms. */
export interface Took {
  readonly count: number;
  readonly mean: number;
  readonly p95: number;
}

export interface CrowdResult {
  readonly byOperation: Readonly<Record<Operation, Took>>;
  /** Mean over the operations, each by its share in the plan: two crowds are compared by the same mixture. */
  readonly mean: number;
  /** Operations that were refused or broke off, with the first reason. */
  readonly failed: number;
  readonly reason?: string;
  readonly perSecond: number;
}

export interface CrowdPlan {
  readonly seconds: number;
  /** Mean seconds between two operations one person means to do. */
  readonly pause: number;
  /** Share of operations that sign in anew, and that command; the rest look. */
  readonly login: number;
  readonly command: number;
  readonly seed: number;
}

/** An office day in short: something every three seconds, one in twenty a new sign-in, one in five a command. */
export const usualPlan: CrowdPlan = { seconds: 15, pause: 3, login: 0.05, command: 0.2, seed: 1 };

/** A small generator (mulberry32): the same numbers for the same seed. */
export function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Deed {
  /** ms after the beginning. */
  readonly at: number;
  readonly operation: Operation;
}

/** What one person means to do, and when. */
export function deedsOf(plan: CrowdPlan, person: number): Deed[] {
  const next = numbersOf(plan.seed * 100_003 + person);
  const deeds: Deed[] = [];
  for (let at = 0; ; ) {
    at += -Math.log(1 - next()) * plan.pause * 1000;
    if (at >= plan.seconds * 1000) return deeds;
    // Not drawn but dealt out, so that a small crowd does the same mixture as a large one.
    const drawn = (((person * 7 + deeds.length) % 20) + 0.5) / 20;
    const operation = drawn < plan.login ? 'login' : drawn < plan.login + plan.command ? 'command' : 'query';
    deeds.push({ at, operation });
  }
}

export function tookOf(times: readonly number[]): Took {
  const sorted = times.toSorted((a, b) => a - b);
  const sum = sorted.reduce((total, each) => total + each, 0);
  const p95 = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0;
  return { count: sorted.length, mean: sorted.length === 0 ? 0 : sum / sorted.length, p95 };
}

/** Lets people act for a while; what an answer takes counts from the moment the person meant to ask. */
export async function crowd(people: readonly Person[], plan: CrowdPlan = usualPlan): Promise<CrowdResult> {
  const times: Record<Operation, number[]> = { login: [], query: [], command: [] };
  const reasons: string[] = [];
  const began = performance.now();
  await Promise.all(
    people.map(async (person, number) => {
      for (const [turn, { at, operation }] of deedsOf(plan, number).entries()) {
        const meant = began + at;
        const wait = meant - performance.now();
        if (wait > 0) await sleep(wait);
        // What the timer of this process is late is not the platform's.
        const from = wait > 0 ? performance.now() : meant;
        try {
          await person.does(operation, number * 31 + turn);
          times[operation].push(performance.now() - from);
        } catch (cause) {
          reasons.push(String(cause));
        }
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const took = (operation: Operation) => tookOf(times[operation]);
  const byOperation = { login: took('login'), query: took('query'), command: took('command') };
  const shares: Record<Operation, number> = {
    login: plan.login,
    command: plan.command,
    query: 1 - plan.login - plan.command,
  };
  return {
    byOperation,
    mean: operations.reduce((sum, each) => sum + byOperation[each].mean * shares[each], 0),
    failed: reasons.length,
    ...(reasons[0] === undefined ? {} : { reason: reasons[0] }),
    perSecond: operations.reduce((sum, each) => sum + byOperation[each].count, 0) / seconds,
  };
}
