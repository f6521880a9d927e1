#!/usr/bin/env node
import { register } from 'tsx/esm/api';

// Of Node's versions our own `engines` speaks; the SDK's advice would stand before every answer.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

register();
// Processes that this one forks (readers of hostile files, the compiler) read TypeScript too.
process.execArgv.push('--import', import.meta.resolve('tsx'));
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
