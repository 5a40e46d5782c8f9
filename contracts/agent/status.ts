/** What an agent says of itself in its client attribute `agent`. */
export interface AgentStatus {
  /** Of the program. */
  version: string;
  configuration: {
    /** In force. */
    version: number;
    state: 'none' | 'applied' | 'refused';
    /** Version that was refused, and why. */
    refused?: number;
    errors: { pointer: string; code: string; detail?: string }[];
  };
  /** Protocols it can run. */
  kinds: string[];
  load: AgentLoad;
  /** Log its records are numbered in; another one starts at 1 again. */
  log: string;
  /** Next number of each level, 3, 2, 1: what is below and was not received is still to come, or listed as dropped. */
  heads: [number, number, number];
  /** ISO time of its start. */
  started: string;
}

export interface AgentLoad {
  /** 0 … 100. */
  cpu: number;
  memory: number;
  disk: number;
  /** Records not yet acknowledged, of levels 3, 2, 1. */
  backlog: [number, number, number];
  /** Hours until the store is full at the present rate; absent = not filling. */
  hoursLeft?: number;
}
