/** Part of `npm run check`: the state machine's file, its placeholders filled, against the states language. */
import validate from 'asl-validator';
import { filledDefinition, placeholders } from './definition.ts';

const arns = Object.entries(placeholders()).map(([placeholder, name]) => [
  placeholder,
  `arn:aws-cn:lambda:cn-north-1:123456789012:function:${name}`,
]);
const definition = JSON.parse(filledDefinition({ Partition: 'aws-cn', ...Object.fromEntries(arns) }));
const { isValid, errorsText } = validate(definition, { checkPaths: true, checkArn: true });
process.stdout.write(
  isValid
    ? `state machine: ${Object.keys(definition.States).length} states, valid\n`
    : `${errorsText('\n')}\n`,
);
process.exitCode = isValid ? 0 : 1;
