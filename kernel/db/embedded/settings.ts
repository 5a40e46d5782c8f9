import { InputInvalid } from '@keystead/contracts/problem';

/** Settings by PostgreSQL's own names; what a caller gives wins over these. */
const usual: Readonly<Record<string, string>> = {
  // What was committed stays committed, whatever fails next.
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  wal_level: 'replica',
  archive_mode: 'off',
  // Room for three server processes with their pools, on a machine that runs other things too.
  max_connections: '60',
  shared_buffers: '64MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'ISO, YMD',
  default_text_search_config: 'pg_catalog.simple',
  password_encryption: 'scram-sha-256',
  // The log says what happened, never with which values: details and statements can hold personal data.
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '%m [%p] ',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_checkpoints: 'off',
};

/**
 * The text of `postgresql.conf`. It is written at each start; settings that operators change by `alter system` stand
 * in `postgresql.auto.conf` and win over it. Throws `InputInvalid` for a name that is no setting's name.
 */
export function renderSettings(own: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ ...usual, ...own }).map(([name, value]) => {
    if (!/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/.test(name) || /[\r\n\0]/.test(value)) {
      throw new InputInvalid({}, [{ pointer: `/${name}`, code: 'setting' }]);
    }
    return `${name} = '${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  });
  return ['# Written at each start. Use "alter system" for settings of your own.', ...lines, ''].join('\n');
}

/** Every connection proves a password; there is no other address to come from than this machine. */
export const accessRules = ['local all all scram-sha-256', 'host all all 127.0.0.1/32 scram-sha-256', ''].join('\n');
