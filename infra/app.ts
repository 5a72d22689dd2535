/** `npx cdk deploy`: the stack of one city. docs/operations.md describes its settings. */
import { App } from 'aws-cdk-lib';
import { settingsFrom } from './settings.ts';
import { XingpingStack } from './stack.ts';

const app = new App();
new XingpingStack(app, 'Xingping', {
  settings: settingsFrom((name) => app.node.tryGetContext(name)),
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
