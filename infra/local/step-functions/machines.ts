import type { Surroundings } from './added-functions.ts';
import { uuid } from './added-functions.ts';
import { ApiError, invalidDefinition, machineExists, noSuchExecution, noSuchMachine } from './api-error.ts';
import { checkArn, machineArn, type Place } from './arns.ts';
import type { Problem } from './definition.ts';
import { loadMachine } from './load.ts';
import { page, type Request } from './request.ts';
import type { MachineRow, Store } from './store.ts';

const LONGEST_DEFINITION = 1_048_576;

/** The operations on state machines. */
export function machineOperations(store: Store, place: Place, surroundings: Surroundings) {
  const now = () => surroundings.now();
  const find = (arn: string): MachineRow => {
    const machine = store.machine(checkArn(arn, 'stateMachine'));
    if (!machine) throw noSuchMachine(arn);
    return machine;
  };
  const checkDefinition = (definition: string) => {
    const loaded = loadMachine(definition, surroundings);
    if ('problems' in loaded) throw invalidDefinition(loaded.problems.map(tell).join(', '));
  };

  return {
    find,

    CreateStateMachine(request: Request) {
      const name = request.name('name') ?? request.string('name');
      const [definition, roleArn] = [
        request.string('definition', LONGEST_DEFINITION),
        request.string('roleArn'),
      ];
      if (request.oneOf('type', ['STANDARD', 'EXPRESS']) === 'EXPRESS') {
        throw new ApiError('StateMachineTypeNotSupported', 'Only STANDARD state machines are supported here');
      }
      request.refuse('publish', 'versionDescription', 'encryptionConfiguration', 'tags');
      checkDefinition(definition);
      const arn = machineArn(place, name);
      const existing = store.machine(arn);
      if (existing && existing.definition !== definition) throw machineExists(arn);
      const createdAt = existing?.createdAt ?? now();
      if (!existing) {
        const revision = store.addRevision(arn, null, definition, roleArn, createdAt);
        store.addMachine(arn, name, createdAt, revision);
      }
      return { stateMachineArn: arn, creationDate: createdAt / 1000 };
    },

    UpdateStateMachine(request: Request) {
      const machine = find(request.string('stateMachineArn'));
      const definition = request.optionalString('definition', LONGEST_DEFINITION);
      const roleArn = request.optionalString('roleArn');
      request.refuse('publish', 'versionDescription', 'encryptionConfiguration', 'tags');
      const configured = request.has('loggingConfiguration') || request.has('tracingConfiguration');
      if (definition === undefined && roleArn === undefined && !configured) {
        throw new ApiError(
          'MissingRequiredParameter',
          'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
        );
      }
      if (definition !== undefined) checkDefinition(definition);
      const revisionId = uuid(surroundings.random);
      const updatedAt = now();
      const revision = store.addRevision(
        machine.arn,
        revisionId,
        definition ?? machine.definition,
        roleArn ?? machine.roleArn,
        updatedAt,
      );
      store.setRevision(revision, machine.arn);
      return { updateDate: updatedAt / 1000, revisionId };
    },

    DescribeStateMachine: (request: Request) => {
      const { arn, name, createdAt, definition, roleArn, revisionId } = find(
        request.string('stateMachineArn'),
      );
      return {
        stateMachineArn: arn,
        name,
        status: 'ACTIVE',
        type: 'STANDARD',
        definition,
        roleArn,
        creationDate: createdAt / 1000,
        loggingConfiguration: { level: 'OFF', includeExecutionData: false },
        tracingConfiguration: { enabled: false },
        ...(revisionId === null ? {} : { revisionId }),
      };
    },

    /** The definition that an execution started with, whatever the machine's has become since. */
    DescribeStateMachineForExecution(request: Request) {
      const arn = checkArn(request.string('executionArn'), 'execution');
      const execution = store.execution(arn);
      const revision = execution && store.revision(execution.revision);
      if (!revision) throw noSuchExecution(arn);
      const { definition, roleArn, updatedAt, revisionId } = revision;
      return {
        stateMachineArn: execution.machineArn,
        name: execution.machineArn.split(':').at(-1),
        definition,
        roleArn,
        updateDate: updatedAt / 1000,
        loggingConfiguration: { level: 'OFF', includeExecutionData: false },
        tracingConfiguration: { enabled: false },
        ...(revisionId === null ? {} : { revisionId }),
      };
    },

    ListStateMachines(request: Request) {
      const size = request.pageSize();
      const render = ({ arn, name, createdAt }: MachineRow) => ({
        stateMachineArn: arn,
        name,
        type: 'STANDARD',
        creationDate: createdAt / 1000,
      });
      const rows = store.machines(request.position() ?? '', size + 1);
      const { items, ...next } = page(rows, size, render, ({ name }) => name);
      return { stateMachines: items, ...next };
    },

    /** Its running executions go on, with the definition they started with. */
    DeleteStateMachine(request: Request) {
      store.deleteMachine(checkArn(request.string('stateMachineArn'), 'stateMachine'));
      return {};
    },

    ValidateStateMachineDefinition(request: Request) {
      const loaded = loadMachine(request.string('definition', LONGEST_DEFINITION), surroundings);
      const problems = 'problems' in loaded ? loaded.problems : [];
      const diagnostics = problems.map((problem) => ({ severity: 'ERROR', ...problem }));
      return { result: problems.length > 0 ? 'FAIL' : 'OK', diagnostics, truncated: false };
    },
  };
}

const tell = ({ code, message, location }: Problem) => `${code}: ${message} at ${location}`;
