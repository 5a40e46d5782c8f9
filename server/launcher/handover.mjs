import { spawn } from 'node:child_process';

const leash = new URL('./leash.mjs', import.meta.url).href;
const passedOn = ['SIGTERM', 'SIGHUP', 'SIGUSR2'];

/**
 * Lets a program take this process's place: its input, output, signals and exit code become ours. Where Node can
 * replace a process it is replaced, so that no launcher stays in memory. Below npm it ends when npm's shell does.
 * @param {string} node
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function handOver(node, args, env) {
  const below = env.npm_lifecycle_event !== undefined;
  const all = below ? ['--import', leash, ...args] : args;
  if (process.platform !== 'win32' && typeof process.execve === 'function') process.execve(node, [node, ...all], env);
  else accompany(node, all, env, below);
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} below
 */
function accompany(node, args, env, below) {
  const child = spawn(node, args, { stdio: 'inherit', env });
  for (const signal of process.platform === 'win32' ? [] : passedOn) process.on(signal, () => child.kill(signal));
  // A terminal tells the child itself; told twice it might take the second time for impatience.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  if (below) void import(leash);
  child.once('error', (cause) => {
    console.error(`✗ ${cause.message}`);
    process.exit(1);
  });
  child.once('close', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const each of [...passedOn, 'SIGINT']) process.removeAllListeners(each);
    process.kill(process.pid, signal);
  });
}
