/** Part of `npm run check`: the state machines' files, their placeholders filled, against the states language. */
import validate from 'asl-validator';
import { RUN_NAMES } from '../shared/domain/gates.ts';
import { filledDefinition, placeholders } from './definition.ts';

for (const run of RUN_NAMES) {
  const arns = Object.entries(placeholders(run)).map(([placeholder, name]) => [
    placeholder,
    `arn:aws-cn:lambda:cn-north-1:123456789012:function:${name}`,
  ]);
  const values = { Partition: 'aws-cn', ...Object.fromEntries(arns) };
  const definition = JSON.parse(filledDefinition(run, values));
  const { isValid, errorsText } = validate(definition, { checkPaths: true, checkArn: true });
  const count = Object.keys(definition.States).length;
  process.stdout.write(isValid ? `${run}: ${count} states, valid\n` : `${run}: ${errorsText('\n')}\n`);
  if (!isValid) process.exitCode = 1;
}
