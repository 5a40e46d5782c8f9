export { type Outcome, parseResults, readResults, resultsFile, type TestResult, type TestRun } from './results.ts';
