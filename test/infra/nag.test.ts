/** The AwsSolutions rules of cdk-nag over everything that can be deployed; what is acknowledged has its reason beside it. */
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { type Given, stackIn } from './synthesis.ts';

const deployments: [string, Given][] = [
  ['in China, with a portal', { region: 'cn-north-1', portalFiles: 'test/infra/portal' }],
  [
    'elsewhere, with a portal and a user pool',
    { portalFiles: 'test/infra/portal', settings: { issuer: undefined, cognito: true } },
  ],
  ['where account and region are not known yet', { region: 'unknown' }],
];

describe('the AwsSolutions rules', { timeout: 300_000 }, () => {
  it.each(deployments)('hold %s', (_name, given) => {
    const { app } = stackIn(given);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    // Throws with the findings when there are any.
    expect(app.synth().stacks).toHaveLength(1);
  });
});
