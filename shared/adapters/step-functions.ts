/** The workflow in Step Functions: starting runs and completing their gates. */
import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { Workflow } from '../app/ports.ts';

/** `arnPrefix`: the ARN of each state machine up to its run's name. */
export function stepFunctions(client: SFNClient, arnPrefix: string): Workflow {
  return {
    async start(run, name, input) {
      try {
        const stateMachineArn = arnPrefix + run;
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
    async succeed(taskToken, output) {
      try {
        await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
        return true;
      } catch (error) {
        // TaskTimedOut also means that the task was completed before.
        const spent = [TaskTimedOut, TaskDoesNotExist, InvalidToken].some((kind) => error instanceof kind);
        if (spent) return false;
        throw error;
      }
    },
  };
}
