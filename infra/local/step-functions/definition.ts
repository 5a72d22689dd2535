import type { Template } from './expressions.ts';

/** A state machine of the supported subset, with every target present and every expression compiled. */
export interface Machine {
  readonly startAt: string;
  readonly timeoutSeconds: number | undefined;
  readonly states: ReadonlyMap<string, State>;
}

export type State = PassState | SucceedState | FailState | ChoiceState | TaskState;

/** What becomes of a state's work: its variables and its output. */
export interface Effects {
  readonly assign: readonly (readonly [string, Template])[];
  readonly output: Template | undefined;
}

export interface PassState extends Effects {
  readonly type: 'Pass';
  /** Undefined at the end of the machine. */
  readonly next: string | undefined;
}

export interface SucceedState extends Effects {
  readonly type: 'Succeed';
  readonly next: undefined;
}

export interface FailState {
  readonly type: 'Fail';
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

export interface ChoiceState extends Effects {
  readonly type: 'Choice';
  readonly choices: readonly Choice[];
  readonly default: string | undefined;
}

export interface Choice extends Effects {
  readonly condition: Template;
  readonly next: string;
}

export interface TaskState extends Effects {
  readonly type: 'Task';
  readonly waitsForToken: boolean;
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
  readonly next: string | undefined;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly backoffRate: number;
  readonly maxAttempts: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitter: boolean;
}

export interface Catcher extends Effects {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

/** Why a definition is refused, in the words of ValidateStateMachineDefinition. */
export interface Problem {
  readonly code:
    | 'INVALID_JSON_DESCRIPTION'
    | 'SCHEMA_VALIDATION_FAILED'
    | 'MISSING_TRANSITION_TARGET'
    | 'MISSING_END_STATE'
    | 'INVALID_JSONATA_EXPRESSION'
    | 'UNSUPPORTED_JSONATA_EXPRESSION';
  readonly message: string;
  /** The state and the field, such as `/States/Review/TimeoutSeconds`. */
  readonly location: string | null;
}
