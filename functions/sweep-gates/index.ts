import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { secretMailNotifier } from '../../shared/adapters/secret-mail.ts';
import { snsNotifier } from '../../shared/adapters/sns.ts';
import { containerFor } from '../container.ts';
import { env } from './env.ts';
import { makeHandler } from './handler.ts';

const variables = env.parse(process.env);
const { MAIL_SECRET, TOPIC_ARN } = variables;
const notifier =
  MAIL_SECRET === 'none'
    ? snsNotifier(new SNSClient({}), TOPIC_ARN)
    : secretMailNotifier(new SecretsManagerClient({}), MAIL_SECRET);

export const handler = makeHandler(containerFor(variables, { notifier }));
