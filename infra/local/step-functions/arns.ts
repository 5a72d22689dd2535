import { invalidArn } from './api-error.ts';

export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

export const machineArn = ({ partition, region, accountId }: Place, name: string): string =>
  `arn:${partition}:states:${region}:${accountId}:stateMachine:${name}`;

/** The ARN of a machine's execution. */
export const executionArn = (machine: string, name: string): string =>
  `${machine.replace(':stateMachine:', ':execution:')}:${name}`;

/** Refuses what is not the ARN of this kind of thing. */
export function checkArn(arn: string, kind: 'stateMachine' | 'execution'): string {
  if (!arn.startsWith('arn:')) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  const [, , service, , , resource, ...rest] = arn.split(':');
  if (service !== 'states' || resource === undefined || rest.length === 0)
    throw invalidArn(`Invalid ARN: ${arn}`);
  if (resource !== kind) throw invalidArn(`Resource type not valid in this context: ${resource}`);
  return arn;
}
