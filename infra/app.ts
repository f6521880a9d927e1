import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { buildFunctions } from './build.ts';
import { RasidStack } from './rasid-stack.ts';
import { readSettings, stackId } from './settings.ts';

// Bundles first, so that stale code cannot ship.
await buildFunctions();
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
const settings = readSettings(app.node);
new RasidStack(app, stackId(settings), settings);
app.synth();
