export { type Compilation, type CompiledExpression, type CompileOptions, compile } from './compile.ts';
export type { ExpressionContext, Reading, ReadingsLookup } from './context.ts';
export { type ExpressionError, type ExpressionErrorCode, limits as expressionLimits } from './error.ts';
export { functionNames, type Type as ExpressionType } from './functions.ts';
export { parse } from './parse.ts';
export { print } from './print.ts';
export { type PropertySymbol, type PropertySymbolType, type Symbols, symbolsOf } from './symbols.ts';
export type { Node as ExpressionNode, Value } from './syntax.ts';
