import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTING_NAMES, settingsFrom } from '../../infra/settings.ts';
import { stackIn, templateOf } from './synthesis.ts';

const issuer = 'https://login.example.org';
const settings = (given: Record<string, unknown>) => settingsFrom((name) => given[name]);

describe('settings of a deployment', { timeout: 300_000 }, () => {
  it.each([
    [{}, '"issuer"'],
    [{ issuer: 'login.example.org' }, '"issuer" must be the https URL'],
    [{ issuer: 'http://login.example.org' }, '"issuer" must be the https URL'],
    [{ issuer, cognito: true }, 'not both'],
    [{ cognito: 'perhaps' }, '"cognito" must be true or false'],
    [{ issuer, yearlyStart: '0 9 1 3 *' }, 'cron(0 9 1 3 ? *)'],
    [{ issuer, portalOrigin: 'https://star.example.org/portal' }, '"portalOrigin" must be an origin'],
    [{ issuer, portalOrigin: '*' }, '"portalOrigin" must be an origin'],
    [{ issuer, mailSecret: 'smtps://mail' }, '"mailSecret" must be the ARN of a secret'],
    [{ issuer, portal: 'perhaps' }, '"portal" must be true or false'],
    [{ issuer, alarmEmail: 'centre' }, '"alarmEmail" must be an e-mail address'],
    [{ issuer, objectLock: 'none' }, '"objectLock" must be governance or compliance'],
    [{ issuer, scanner: 'clamav' }, '"scanner" must be guardduty'],
    [{ issuer, retentionYears: 3 }, 'at least 5'],
    [{ issuer, retentionYears: 'five' }, '"retentionYears" must be a number'],
    [{ issuer, audience: '' }, '"audience" must not be empty'],
  ])('%j is refused with a sentence that helps', (given, sentence) => {
    expect(() => settings(given)).toThrow(sentence);
  });

  it('names every wrong setting at once', () => {
    expect(() => settings({ issuer: 'x', objectLock: 'x' })).toThrow(/"issuer"[\s\S]*"objectLock"/);
  });

  it('are each described in docs/operations.md', () => {
    const page = readFileSync('docs/operations.md', 'utf8');
    expect(Object.keys(SETTING_NAMES).filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });

  it('reach the template: lock and retention, who is told', () => {
    const given = { objectLock: 'compliance', retentionYears: '10', alarmEmail: 'centre@example.org' };
    const template = templateOf({ settings: given });
    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3650 } } },
    });
    template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'centre@example.org' });
  });
});

describe('Cognito', { timeout: 300_000 }, () => {
  const cognito = { issuer: undefined, cognito: true };

  it('is created only when asked for, with the claims that the API reads', () => {
    templateOf({}).resourceCountIs('AWS::Cognito::UserPool', 0);
    const template = templateOf({ settings: cognito });
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
    });
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      WriteAttributes: ['locale'],
      AllowedOAuthFlows: ['code'],
    });
  });

  it('is refused in China with a sentence that helps', () => {
    expect(() => stackIn({ region: 'cn-north-1', settings: cognito })).toThrow('no user pools in China');
  });
});
