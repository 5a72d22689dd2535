/** What people look at, and what calls them: each alarm has its page in docs/operations.md. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  SingleValueWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { BATCH, PERMISSIONS } from '../permissions.ts';
import type { Api } from './api.ts';
import type { Functions } from './functions.ts';
import type { Schedules } from './schedules.ts';
import type { Workflow } from './workflow.ts';

export interface OperationsProps {
  functions: Functions;
  workflows: Workflow[];
  api: Api;
  schedules: Schedules;
  alarmEmail: string | undefined;
}

const NAMESPACE = 'Xingping';
const HOUR = Duration.hours(1);
const QUARTER = Duration.minutes(15);

/** Every alarm by its name; docs/operations.md says for each what to do. */
export const ALARMS = {
  'run-failed': 'A run of the workflow has failed, timed out or was aborted.',
  'agency-set-aside': 'The data of an agency break a step: a handler must put them right.',
  'sweep-silent': 'The hourly sweep has not run for three hours: deadlines and messages stand still.',
  'sweep-failed': 'The sweep could not finish a run.',
  'start-failed': 'The yearly start has failed.',
  undelivered: 'A schedule could not be delivered.',
  'outbox-stuck': 'A decision has been waiting for two hours to reach the workflow.',
  'api-broken': 'The API has answered with 5xx.',
} as const;
/** Steps that set an agency aside. */
const OVER_AGENCIES = Object.keys(PERMISSIONS).filter((name) =>
  BATCH.every((action) => PERMISSIONS[name]?.table?.includes(action)),
);
export type AlarmName = keyof typeof ALARMS;

export class Operations extends Construct {
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Alarms', { enforceSSL: true });
    if (props.alarmEmail) this.topic.addSubscription(new EmailSubscription(props.alarmEmail));
    const { functions, workflows, api, schedules } = props;
    const sweep = functions.named('sweep-gates');

    const failedRuns = workflows.flatMap(({ machine }) => [
      machine.metricFailed({ period: QUARTER }),
      machine.metricTimedOut({ period: QUARTER }),
      machine.metricAborted({ period: QUARTER }),
    ]);
    for (const [suffix, metric] of failedRuns.entries()) this.alarm('run-failed', metric, { suffix });
    const undelivered = schedules.undelivered.metricApproximateNumberOfMessagesVisible({ period: QUARTER });
    this.alarm('undelivered', undelivered);
    const broken = api.http.metricServerError({ period: QUARTER, statistic: 'Sum' });
    this.alarm('api-broken', broken);
    this.alarm('start-failed', functions.named('start-cycle').live.metricErrors({ period: QUARTER }));
    this.alarm('sweep-silent', sweep.live.metricInvocations({ period: HOUR }), {
      below: true,
      periods: 3,
    });

    const logged = new LoggedMetrics(this, functions);
    const setAside = logged.count('AGENCY_SET_ASIDE', OVER_AGENCIES);
    const sweepFailed = logged.count('SWEEP_RUN_FAILED', ['sweep-gates']);
    this.alarm('agency-set-aside', setAside);
    this.alarm('sweep-failed', sweepFailed);
    const fromSweep = (field: string) => logged.value('SWEEP_COMPLETED', field, sweep.log);
    const lag = fromSweep('decisionWaitsMinutes');
    this.alarm('outbox-stuck', lag, { threshold: 120 });
    const gateAge = fromSweep('oldestGateHours');
    const refusedUploads = logged.refusals('uploads', functions.named('serve-evidence').log);

    new Dashboard(this, 'Dashboard', {
      dashboardName: 'xingping',
      widgets: [
        [
          new SingleValueWidget({
            title: 'Open cycles, gates that wait',
            metrics: [fromSweep('open'), fromSweep('waiting')],
            width: 6,
          }),
          new GraphWidget({ title: 'Oldest open gate (hours)', left: [gateAge], width: 9 }),
          new GraphWidget({ title: 'Outbox: decision not delivered (minutes)', left: [lag], width: 9 }),
        ],
        [
          new GraphWidget({ title: 'Failed runs', left: failedRuns, width: 8 }),
          new GraphWidget({
            title: 'Agencies set aside, failures of the sweep',
            left: [setAside, sweepFailed],
            width: 8,
          }),
          new GraphWidget({ title: 'Uploads refused', left: [refusedUploads], width: 8 }),
        ],
        [
          new GraphWidget({
            title: 'API: calls and errors',
            left: [api.http.metricCount({ period: QUARTER, statistic: 'Sum' })],
            right: [broken, api.http.metricClientError({ period: QUARTER, statistic: 'Sum' })],
            width: 12,
          }),
          new GraphWidget({
            title: 'API: time to answer',
            left: [
              api.http.metricLatency({ statistic: 'p95' }),
              api.http.metricLatency({ statistic: 'p50' }),
            ],
            width: 12,
          }),
        ],
      ],
    });
  }

  /** Calls at the first occurrence, or where a number passes its threshold. */
  private alarm(
    name: AlarmName,
    metric: IMetric,
    options: { threshold?: number; below?: boolean; periods?: number; suffix?: number } = {},
  ): void {
    const { threshold = 1, below = false, periods = 1, suffix } = options;
    const made = new Alarm(this, suffix === undefined ? name : `${name}-${suffix}`, {
      alarmDescription: `${name}: ${ALARMS[name]} See docs/operations.md, ${name}.`,
      metric,
      threshold,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    made.addAlarmAction(new SnsAction(this.topic));
    made.applyRemovalPolicy(RemovalPolicy.DESTROY);
  }
}

/** Metrics out of the functions' logs, by the code of a message. */
class LoggedMetrics {
  private readonly scope: Construct;
  private readonly functions: Functions;

  constructor(scope: Construct, functions: Functions) {
    this.scope = scope;
    this.functions = functions;
  }

  /** How often these functions logged a code. */
  count(code: string, names: readonly string[]): Metric {
    for (const name of names) {
      const { log } = this.functions.named(name);
      this.filter(`${code}-${name}`, log, code, FilterPattern.stringValue('$.message', '=', code));
    }
    return metric(code, 'Sum', QUARTER);
  }

  /** A number in a message's data. */
  value(code: string, field: string, log: ILogGroup): Metric {
    const name = `${code}-${field}`;
    this.filter(name, log, name, FilterPattern.stringValue('$.message', '=', code), `$.data.${field}`);
    return metric(name, 'Maximum', HOUR);
  }

  /** How often the API refused calls of routes with this word. */
  refusals(word: string, log: ILogGroup): Metric {
    const name = `refused-${word}`;
    const pattern = FilterPattern.all(
      FilterPattern.stringValue('$.message', '=', 'API_REFUSED'),
      FilterPattern.stringValue('$.data.route', '=', `*${word}*`),
    );
    this.filter(name, log, name, pattern);
    return metric(name, 'Sum', QUARTER);
  }

  private filter(
    id: string,
    logGroup: ILogGroup,
    metricName: string,
    filterPattern: ReturnType<typeof FilterPattern.all>,
    metricValue = '1',
  ): void {
    new MetricFilter(this.scope, id, {
      logGroup,
      metricNamespace: NAMESPACE,
      metricName,
      metricValue,
      filterPattern,
    });
  }
}

function metric(metricName: string, statistic: string, period: Duration): Metric {
  return new Metric({ namespace: NAMESPACE, metricName, statistic, period });
}
