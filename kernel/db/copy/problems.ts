import { problem } from '@keystead/contracts/problem';

/** A value that the column type cannot hold; our own code made it, so it is never a client's fault. */
export class CopyValueInvalid extends problem('copy-value-invalid', 500) {}

/** The bytes are no binary COPY stream, or not of the types they were read as. */
export class CopyStreamBroken extends problem('copy-stream-broken', 500) {}

/** The statement was no `COPY … FROM STDIN` (or `TO STDOUT`), or held more than one. */
export class CopyStatementInvalid extends problem('copy-statement-invalid', 500) {}
