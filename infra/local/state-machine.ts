import {
  CreateStateMachineCommand,
  DescribeStateMachineCommand,
  type SFNClient,
  StateMachineDoesNotExist,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';

/** Creates the state machine or brings it up to date; runs that are under way keep the definition they began with. */
export async function deployStateMachine(client: SFNClient, name: string, arn: string, definition: string) {
  const roleArn = 'arn:aws-cn:iam::000000000000:role/local';
  try {
    const current = await client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    if (current.definition === definition) return;
    await client.send(new UpdateStateMachineCommand({ stateMachineArn: arn, definition }));
  } catch (error) {
    if (!(error instanceof StateMachineDoesNotExist)) throw error;
    await client.send(new CreateStateMachineCommand({ name, definition, roleArn }));
  }
}
