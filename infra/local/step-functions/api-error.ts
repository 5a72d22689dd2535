/** A refusal that the caller is told, in the service's own code and words. */
export class ApiError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const refusal = (code: string, told: string) => (detail: string) =>
  new ApiError(code, `${told}: '${detail}'`);

export const invalidArn = refusal('InvalidArn', 'Invalid Arn');
export const invalidName = refusal('InvalidName', 'Invalid Name');
export const invalidOutput = refusal('InvalidOutput', 'Invalid Output');
export const invalidToken = () => new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
export const taskTimedOut = () =>
  new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
export const invalidInput = refusal('InvalidExecutionInput', 'Invalid State Machine Execution Input');
export const invalidDefinition = refusal('InvalidDefinition', 'Invalid State Machine Definition');
export const machineExists = refusal('StateMachineAlreadyExists', 'State Machine Already Exists');
export const noSuchMachine = refusal('StateMachineDoesNotExist', 'State Machine Does Not Exist');
export const executionExists = refusal('ExecutionAlreadyExists', 'Execution Already Exists');
export const noSuchExecution = refusal('ExecutionDoesNotExist', 'Execution Does Not Exist');
export const validationError = (message: string) => new ApiError('ValidationException', message);
