#!/usr/bin/env node
import { register } from 'tsx/esm/api';

register();
// Processes that this one forks (readers of hostile files, the compiler) read TypeScript too.
process.execArgv.push('--import', import.meta.resolve('tsx'));
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
