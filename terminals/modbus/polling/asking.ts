import { ChecksumWrong, DeviceSilent, isRefusal, PayloadMalformed, type Refusal } from '@keystead/terminals/port';
import { type ModbusReply, meansSilent } from '../frame/reply.ts';
import type { ModbusRequest } from '../frame/request.ts';
import type { Line } from '../line/line.ts';
import type { Link } from '../line/link.ts';

/** A try that led to no answer one can use, and may be made again when it only reads. */
export const isSilence = (answer: object): answer is Refusal =>
  isRefusal(answer) &&
  (answer.problem === DeviceSilent || answer.problem === ChecksumWrong || answer.problem === PayloadMalformed);

/** Whether the device itself said something to the question. */
export const isAnswer = (answer: ModbusReply | Refusal): answer is ModbusReply =>
  !isRefusal(answer) && !(answer.kind === 'exception' && meansSilent(answer.code));

/** A read, repeated when it is lost; each try waits its turn again, so that a silent device holds nobody up for long. */
export async function askTo(
  line: Line,
  link: Link,
  request: ModbusRequest,
  { retries, patience }: { retries: number; patience: number },
): Promise<ModbusReply | Refusal> {
  for (let left = retries; ; left--) {
    const answer = await line.run((ask) => ask(link, request), { urgent: false, patience });
    if (!isSilence(answer) || left <= 0 || !line.up) return answer;
  }
}
