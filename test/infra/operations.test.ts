/** Alarms, and what the runbook says of them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALARMS } from '../../infra/aws/operations.ts';
import { propertiesOf, templateOf } from './synthesis.ts';

describe('operations', { timeout: 300_000 }, () => {
  const template = templateOf({});
  const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm');

  it('raises every alarm, tells somebody, and has a page for each', () => {
    const raised = new Set(alarms.map(({ AlarmDescription }) => String(AlarmDescription).split(':')[0]));
    expect([...raised].sort()).toEqual(Object.keys(ALARMS).sort());
    for (const { AlarmActions } of alarms) expect(AlarmActions).toHaveLength(1);
    const page = readFileSync('docs/operations.md', 'utf8');
    expect(Object.keys(ALARMS).filter((name) => !page.includes(`### ${name}\n`))).toEqual([]);
  });

  it('counts only codes that the functions log', () => {
    const codes = readFileSync('docs/errors.md', 'utf8');
    const filters = propertiesOf(template, 'AWS::Logs::MetricFilter');
    const counted = filters.flatMap(({ FilterPattern }) =>
      [...String(FilterPattern).matchAll(/\$\.message = "([A-Z_]+)"/g)].map(([, code]) => code),
    );
    expect(counted.length).toBe(filters.length);
    expect(counted.filter((code) => !codes.includes(`| \`${code}\` |`))).toEqual([]);
  });

  it('shows open gates, the outbox, failures and refused uploads on one dashboard', () => {
    const [dashboard] = propertiesOf(template, 'AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(dashboard?.DashboardBody);
    for (const shown of ['oldestGateHours', 'decisionWaitsMinutes', 'ExecutionsFailed', 'refused-uploads']) {
      expect(body).toContain(shown);
    }
  });
});
