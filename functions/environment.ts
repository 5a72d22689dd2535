/** Environment variables of the functions. The stack sets what these schemas ask for: a missing one does not compile. */
import * as z from 'zod/mini';
import { SCANNER_SETTING } from '../shared/adapters/scanners/index.ts';
import { Words } from '../shared/domain/schemas.ts';

export const variables = {
  /** The DynamoDB table of all records. */
  TABLE: Words,
  QUARANTINE_BUCKET: Words,
  EVIDENCE_BUCKET: Words,
  REPORTS_BUCKET: Words,
  /** The ARN of each state machine up to its run's name. */
  STATE_MACHINE_ARN_PREFIX: Words,
  /** What looks for malware in uploads. There is no default: to go without one is a decision. */
  SCANNER: z.string().check(z.regex(SCANNER_SETTING)),
  /** The topic that messages are published to. */
  TOPIC_ARN: Words,
  /** The secret that says how the mail server is reached; `none`: messages go to the topic. */
  MAIL_SECRET: Words,
  /** The folder of the faces that documents are set in, beside the function's code. */
  FONTS_DIR: Words,
} as const;

export type Variable = keyof typeof variables;

/** The schema of one function's environment: exactly the variables it names. */
export function environment<V extends Variable>(...names: V[]) {
  return z.object(
    Object.fromEntries(names.map((name) => [name, variables[name]])) as Pick<typeof variables, V>,
  );
}
