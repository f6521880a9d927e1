import { App, Validations } from 'aws-cdk-lib';
import { buildFunctions } from './build.ts';
import { RasidStack } from './rasid-stack.ts';
import { readSettings, stackId } from './settings.ts';

// Bundles first, so that stale code cannot ship.
await buildFunctions();
const app = new App();
// `npm start` deploys nothing, so it does not wait for the checks; `cdk synth`, `cdk deploy` and CI do.
if (app.node.tryGetContext('checks') !== 'off') {
  const { AwsSolutionsChecks, ServerlessChecks } = await import('cdk-nag');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
const settings = readSettings(app.node);
new RasidStack(app, stackId(settings), settings);
app.synth();
