export interface Out {
  isTTY?: boolean;
  write(text: string): unknown;
}

export function step<T>(name: string, run: (report: (progress: string) => void) => Promise<T>, out?: Out): Promise<T>;
export function elapsed(ms: number, digits: number): string;
