/**
 * List prices in US dollars without any free allowance, of US East (N. Virginia). Other regions differ by some per cent;
 * in China they are listed in yuan and are in the same order.
 */
export const PRICES_OF = '2026-09';

const MILLION = 1e6;
export const PRICES = {
  /** Standard workflows, a state transition. */
  transition: 25 / MILLION,
  lambdaRequest: 0.2 / MILLION,
  /** arm64, a second of one GB. */
  lambdaGigabyteSecond: 0.0000133334,
  httpApiRequest: 1 / MILLION,
  /** On demand. */
  tableWriteUnit: 0.625 / MILLION,
  tableReadUnit: 0.125 / MILLION,
  /** A GB for a month, with point-in-time recovery. */
  tableGigabyteMonth: 0.25 + 0.2,
  objectWrite: 5 / MILLION,
  objectRead: 0.4 / MILLION,
  objectGigabyteMonth: 0.023,
  schedulerInvocation: 1 / MILLION,
  /** To a topic and on to a mailbox. */
  message: 0.5 / MILLION + 20 / MILLION,
  logGigabyte: 0.5,
  logGigabyteMonth: 0.03,
  alarmMonth: 0.1,
  metricMonth: 0.3,
  dashboardMonth: 3,
  siteRequest: 1 / MILLION,
  siteGigabyte: 0.085,
} as const;
