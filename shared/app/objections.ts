/** Objections 异议 to a proposed star: raised by the agency, decided by somebody who did not inspect it. */
import { deciding, type ExchangeKind, raising } from './exchange.ts';

const OBJECTION: ExchangeKind = {
  raised: 'objectionRaised',
  decided: 'objectionDecided',
  gate: 'receiveObjections',
  action: '提出异议',
  nextId: ({ filingNumber, objections }) => `${filingNumber}-${objections.length + 1}`,
  replyDays: ({ objectionDecisionDays }) => objectionDecisionDays,
};

export const raiseObjection = raising(OBJECTION);

/** Decides the open objection of an agency in writing. The store refuses anybody who inspected that agency. */
export const decideObjection = deciding(OBJECTION);
