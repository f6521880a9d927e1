#!/usr/bin/env node
import { register } from 'tsx/esm/api';

// The SDK tells every user of Node 20 once a run that 2027 will want Node 22; `engines` says it once for all.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
register();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
