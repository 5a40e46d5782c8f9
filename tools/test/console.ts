import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface ConsoleBuilder {
  consoleBuild(root: string, node: string): (() => Promise<void>) | undefined;
}

/** Builds the operator console for the browser tests when its sources changed. Throws with the end of Vite's output. */
export async function ensureConsole(root: string, report: (line: string) => void): Promise<void> {
  const file = join(root, 'server/launcher/console.mjs');
  if (!existsSync(file)) return;
  const { consoleBuild }: ConsoleBuilder = await import(pathToFileURL(file).href);
  const build = consoleBuild(root, process.execPath);
  if (!build) return;
  report('building the console …');
  await build();
}
