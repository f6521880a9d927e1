// One environment of a function: loads the real bundle once, then runs it for each event that the host sends.
// Plain JavaScript, because it runs in a bare Node without any loader, as on Lambda.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The host is gone (killed, perhaps): nobody is left to answer.
process.on('disconnect', () => process.exit(1));

function plain(error) {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const trace = String(error.stack ?? '').split('\n');
  return { errorType: error.name, errorMessage: error.message, trace };
}

async function load() {
  const dot = process.env._HANDLER.lastIndexOf('.');
  const module = join(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((end) => module + end).find((path) => existsSync(path));
  if (file === undefined) throw new Error(`Cannot find module '${module}'`);
  const loaded = await import(pathToFileURL(file).href);
  const name = process.env._HANDLER.slice(dot + 1);
  const handler = loaded[name] ?? loaded.default?.[name];
  if (typeof handler !== 'function') {
    throw new Error(`${process.env._HANDLER} is undefined or not exported`);
  }
  return handler;
}

function contextOf({ requestId, functionArn, deadline }) {
  const { env } = process;
  return {
    awsRequestId: requestId,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: functionArn,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

try {
  const handler = await load();
  process.on('message', async (invocation) => {
    process.env._X_AMZN_TRACE_ID = 'Root=1-00000000-000000000000000000000000;Sampled=0';
    try {
      const result = await handler(invocation.event, contextOf(invocation));
      process.send({ kind: 'result', result: JSON.stringify(result) ?? 'null' });
    } catch (error) {
      process.send({ kind: 'error', error: plain(error) });
    }
  });
  process.send({ kind: 'ready' });
} catch (error) {
  process.send({ kind: 'init-error', error: plain(error) }, () => process.exit(1));
}
