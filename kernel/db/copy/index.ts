export { type Cell, copyInto, textList } from './into.ts';
export { CopyStatementInvalid, CopyStreamBroken, CopyValueInvalid } from './problems.ts';
export { type CopyRow, readRows } from './reader.ts';
export { CopyRows } from './rows.ts';
export { copyIn, copyOut } from './wire.ts';
