/** What the services of one machine are called, and where a data folder keeps what. */

export const REGION = 'cn-north-1';
export const CREDENTIALS = { accessKeyId: 'LOCAL', secretAccessKey: 'local-machine-only' };
export const TABLE = 'xingping-records';
export const BUCKETS = {
  quarantine: 'xingping-quarantine',
  evidence: 'xingping-evidence',
  reports: 'xingping-reports',
};

/** Inside the data folder. */
export const FILES = {
  format: 'format',
  dynamodb: 'dynamodb',
  storage: 's3',
  catalogue: 's3/catalogue.sqlite',
  content: 's3/content',
  stepFunctions: 'step-functions.sqlite',
  schedules: 'schedules.sqlite',
  login: 'login.sqlite',
  log: 'xingping.log',
} as const;
