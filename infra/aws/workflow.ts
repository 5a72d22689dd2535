/** One kind of run as a state machine: the file that one machine runs as well, its functions called by their live alias. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachineVersion,
  DefinitionBody,
  LogLevel,
  StateMachine,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { RunName } from '../../shared/domain/gates.ts';
import { definitionFile, placeholders } from '../definition.ts';
import type { Functions } from './functions.ts';

export class Workflow extends Construct {
  readonly machine: StateMachine;

  constructor(
    scope: Construct,
    run: RunName,
    stateMachineName: string,
    functions: Functions,
    versioned: boolean,
  ) {
    super(scope, run);
    const called = Object.entries(placeholders(run)).map(
      ([placeholder, name]) => [placeholder, functions.named(name).live] as const,
    );
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName,
      definitionBody: DefinitionBody.fromFile(definitionFile(run)),
      definitionSubstitutions: {
        Partition: Stack.of(this).partition,
        ...Object.fromEntries(called.map(([placeholder, live]) => [placeholder, live.functionArn])),
      },
      // Inputs and outputs carry task tokens: the log says only where a run went.
      logs: {
        destination: new LogGroup(this, 'Log', {
          logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
          retention: RetentionDays.TWO_YEARS,
          removalPolicy: RemovalPolicy.RETAIN,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const [, live] of called) live.grantInvoke(this.machine);
    if (!versioned) return;
    // A year under way keeps the definition it began with; the versions tell which that was.
    const version = new CfnStateMachineVersion(this, 'Version', {
      stateMachineArn: this.machine.stateMachineArn,
      stateMachineRevisionId: this.machine.stateMachineRevisionId,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
