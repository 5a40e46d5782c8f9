import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import variant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
  Scope,
} from 'quickjs-emscripten-core';
import type { ScriptLimits } from './limits.ts';
import { prelude } from './prelude.ts';

export type Use = 'decode' | 'encode' | 'back' | 'cut' | 'names';

export interface Job {
  source: string;
  use: Use;
  /** JSON. */
  input: string;
}

/** One run: `json` is what the script gave (undefined = nothing); otherwise why there is nothing. */
export type RunResult =
  | { ok: true; json: string | undefined }
  | { ok: false; why: 'threw' | 'cut' | 'too-large'; text: string };

/** Runs scripts, each run in a fresh engine heap: nothing a run leaves behind can be seen by another. */
export interface Sandbox {
  run(job: Job): Promise<RunResult>;
}

const page = 64 * 1024;
/** Pages the engine's image starts with. */
const image = 256;
/** Runs after which the engine's memory is thrown away, so that it cannot fray. */
const runsPerEngine = 5_000;

/** Of the language's library of types, those of WebAssembly come with the browser's only. */
const { Module, Memory } = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;

interface Wasm {
  Module: new (bytes: Uint8Array) => object;
  Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
}

/** The package is typed as CommonJS and loaded as a module: its default export is the variant itself. */
const release = variant as unknown as QuickJSSyncVariant;

const compiled = new Module(
  readFileSync(createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm')),
);

interface Engine {
  readonly wasm: QuickJSWASMModule;
  readonly memory: { readonly buffer: ArrayBuffer };
}

/** The engine's own memory limit counts nothing in WebAssembly; the size of its memory is the wall that holds. */
async function openEngine(limits: ScriptLimits): Promise<Engine> {
  const memory = new Memory({ initial: image, maximum: image + Math.ceil(limits.memory / page) });
  const wasm = await newQuickJSWASMModuleFromVariant(newVariant(release, { wasmModule: compiled, wasmMemory: memory }));
  return { wasm, memory };
}

/** What a script threw, at most a line of it. */
function textOf(context: QuickJSContext, error: QuickJSHandle): string {
  const read = (key: string): string => {
    const part = context.getProp(error, key);
    const text = context.typeof(part) === 'string' ? context.getString(part) : '';
    part.dispose();
    return text.slice(0, 200);
  };
  if (context.typeof(error) === 'string') return context.getString(error).slice(0, 200);
  if (context.typeof(error) !== 'object') return context.typeof(error);
  const line = /script\.js:(\d+)/.exec(read('stack'))?.[1];
  const where = line === undefined ? '' : ` (line ${line})`;
  const name = read('name');
  return name === '' ? 'it threw something that is no error' : `${name}: ${read('message')}${where}`.slice(0, 256);
}

const exhausted = /^InternalError: (interrupted|out of memory|stack overflow)/;

function runIn(scope: Scope, context: QuickJSContext, limits: ScriptLimits, job: Job): RunResult {
  const failed = (error: QuickJSHandle): RunResult => {
    const text = textOf(context, scope.manage(error));
    return { ok: false, why: exhausted.test(text) ? 'cut' : 'threw', text };
  };
  const harness = context.evalCode(prelude, 'prelude.js');
  if (harness.error) return failed(harness.error);
  const call = scope.manage(harness.value);
  const script = context.evalCode(job.source, 'script.js');
  if (script.error) return failed(script.error);
  scope.manage(script.value);
  const use = scope.manage(context.newString(job.use));
  const given = context.callFunction(call, context.undefined, use, scope.manage(context.newString(job.input)));
  if (given.error) return failed(given.error);
  const value = scope.manage(given.value);
  if (context.typeof(value) !== 'string') return { ok: true, json: undefined };
  const length = context.getNumber(scope.manage(context.getProp(value, 'length')));
  if (length > limits.output) return { ok: false, why: 'too-large', text: `more than ${limits.output} characters` };
  return { ok: true, json: context.getString(value) };
}

/** Time this thread had the processor, ms: a machine with much to do must not cut scripts that are well. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function runOn({ wasm }: Engine, limits: ScriptLimits, job: Job): RunResult {
  return Scope.withScope((scope) => {
    const runtime = scope.manage(wasm.newRuntime());
    const end = processorTime() + limits.time;
    runtime.setMaxStackSize(limits.stack);
    runtime.setInterruptHandler(() => processorTime() > end);
    return runIn(scope, scope.manage(runtime.newContext()), limits, job);
  });
}

/** Opens a sandbox in this thread. A run blocks the thread; `worker.ts` gives it one of its own. */
export async function openSandbox(limits: ScriptLimits): Promise<Sandbox> {
  let engine = await openEngine(limits);
  let runs = 0;
  // The first run of a process compiles the engine; no script is to pay for that.
  runOn(engine, { ...limits, time: 10_000 }, { source: '', use: 'names', input: '{}' });
  return {
    run: async (job) => {
      let result: RunResult;
      try {
        result = runOn(engine, limits, job);
      } catch (cause) {
        // The engine itself broke: its own stack, its memory, or a handle that could not be given back.
        result = {
          ok: false,
          why: 'cut',
          text: `the engine gave up: ${cause instanceof Error ? cause.name : 'unknown'}`,
        };
      }
      const spent = ++runs >= runsPerEngine || engine.memory.buffer.byteLength > image * page;
      if (spent || (!result.ok && result.why === 'cut')) {
        engine = await openEngine(limits);
        runs = 0;
      }
      return result;
    },
  };
}
