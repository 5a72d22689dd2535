import { environment } from '../environment.ts';

export const env = environment(
  'TABLE',
  'REPORTS_BUCKET',
  'STATE_MACHINE_ARN_PREFIX',
  'TOPIC_ARN',
  'MAIL_SECRET',
);
