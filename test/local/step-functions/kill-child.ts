import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { realTimerClock } from '../../../infra/local/clock.ts';
import { serveStepFunctions } from '../../../infra/local/step-functions/index.ts';

/** The process that kill.test.ts kills: it starts its executions, answers every token, and tells the outputs. */
const [file = '', count = '0'] = process.argv.slice(2);
const outbox = `${file}.tokens`;

const clock = realTimerClock();
const served = await serveStepFunctions({
  file,
  clock,
  random: Math.random,
  async invoke(_, payload) {
    const { token, n = 0 } = payload as { token?: string; n?: number };
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (token === undefined) return { n: n + 1 };
    appendFileSync(outbox, `${token}\n`);
    return null;
  },
});
const client = new SFNClient({
  endpoint: served.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});

const definition = readFileSync(`${file}.definition`, 'utf8');
const { stateMachineArn } = await client.send(
  new CreateStateMachineCommand({ name: 'killed', definition, roleArn: 'arn:aws:iam::000000000000:role/r' }),
);
const executionArns: string[] = [];
for (let index = 0; index < Number(count); index += 1) {
  const name = `e${index}`;
  const request = { stateMachineArn, name, input: JSON.stringify({ n: index * 100 }) };
  await client.send(new StartExecutionCommand(request)).catch((error: Error) => {
    if (error.name !== 'ExecutionAlreadyExists') throw error;
  });
  executionArns.push(`${stateMachineArn?.replace(':stateMachine:', ':execution:')}:${name}`);
}
process.stdout.write('started\n');

const outputs: (string | undefined)[] = [];
while (outputs.length < executionArns.length) {
  await served.settled();
  for (const taskToken of existsSync(outbox) ? readFileSync(outbox, 'utf8').trim().split('\n') : []) {
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '"yes"' })).catch(() => {});
  }
  outputs.length = 0;
  for (const executionArn of executionArns) {
    const { output, status } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') outputs.push(output);
  }
}
process.stdout.write(JSON.stringify(outputs));
process.exit(0);
