import { type Installation, type InstallationOptions, startInstallation } from '@keystead/kernel/testing/installation';

const longestStart = 180; // s
const running = new Set<Installation>();

/** Starts an installation, from nothing, that is ended also when the benchmark is interrupted; `stop` keeps its data. */
export async function startPlatform(options: InstallationOptions = {}): Promise<Installation> {
  const platform = await startInstallation({ patience: longestStart, fresh: true, ...options });
  running.add(platform);
  return platform;
}

/** Ends one; its data stay for another start. */
export async function stopPlatform(platform: Installation): Promise<void> {
  running.delete(platform);
  await platform.stop({ keep: true });
}

/** Runs with a platform of its own, which is gone afterwards with all its data. */
export async function withPlatform<T>(
  options: InstallationOptions,
  run: (platform: Installation) => Promise<T>,
): Promise<T> {
  const platform = await startPlatform(options);
  try {
    return await run(platform);
  } finally {
    running.delete(platform);
    await platform.stop();
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all([...running].map((each) => each.stop())).finally(() => process.exit(1));
  });
}
