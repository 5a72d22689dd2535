/** The yearly start and the hourly sweeps; what cannot be delivered waits in a queue. */
import { Duration, TimeZone } from 'aws-cdk-lib';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Functions } from './functions.ts';

export class Schedules extends Construct {
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, functions: Functions, yearlyStart: string) {
    super(scope, id);
    this.undelivered = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const schedule = (name: string, expression: ScheduleExpression, target: string, input: object) =>
      new Schedule(this, name, {
        schedule: expression,
        target: new LambdaInvoke(functions.named(target).live, {
          deadLetterQueue: this.undelivered,
          retryAttempts: 10,
          maxEventAge: Duration.hours(6),
          input: ScheduleTargetInput.fromObject(input),
        }),
      });
    const yearly = ScheduleExpression.expression(yearlyStart, TimeZone.ASIA_SHANGHAI);
    schedule('YearlyStart', yearly, 'start-cycle', { scheduledTime: '<aws.scheduler.scheduled-time>' });
    schedule('HourlySweep', ScheduleExpression.rate(Duration.hours(1)), 'sweep-gates', {});
    schedule('HourlyUploadSweep', ScheduleExpression.rate(Duration.hours(1)), 'sweep-uploads', {});
  }
}
