import type { Settings } from '@keystead/kernel/base/config';

export interface FirstAdministrator {
  username: string;
  /** Set when it was made just now; shown once. */
  password?: string;
}

export interface Ready {
  settings: Settings;
  api: { port?: number };
  /** Absent only if nobody said who it is. */
  admin: FirstAdministrator | undefined;
  /** When the launcher began, ms since 1970. */
  launched?: number;
}

const spelled = (ms: number): string => {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
};

/** What a person sees while the platform starts: a line a step, then where to go. */
export function steps(out: NodeJS.WriteStream) {
  const began = performance.now();
  const line = (text: string) => void out.write(`${text}\n`);
  const administrator = ({ username, password }: FirstAdministrator) =>
    line(
      `  管理员 / admin     ${username}   ${password ? `密码 / password  ${password}   (只显示一次 / shown once)` : '密码不变 / password unchanged'}`,
    );
  return {
    line,
    /** Who may sign in first. */
    administrator,
    step: async <T>(name: string, run: () => Promise<T>): Promise<T> => {
      const since = performance.now();
      if (out.isTTY) out.write(`  … ${name}`);
      try {
        const result = await run();
        out.write(`${out.isTTY ? '\r' : ''}  ✓ ${name}  ${spelled(performance.now() - since)}\n`);
        return result;
      } catch (cause) {
        out.write(`${out.isTTY ? '\r' : ''}  ✗ ${name}\n`);
        throw cause;
      }
    },
    ready: ({ settings, api, admin, launched }: Ready) => {
      line('');
      line(`安枢 Keystead  (${spelled(launched ? Date.now() - launched : performance.now() - began)})`);
      line(
        `  控制台 / console   http://localhost:${api.port ?? settings.PORT}   https://localhost:${settings.HTTPS_PORT}`,
      );
      line(`  MQTT              localhost:${settings.MQTT_PORT}   TLS ${settings.MQTTS_PORT}`);
      if (admin) administrator(admin);
      line('');
    },
  };
}
