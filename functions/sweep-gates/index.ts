import { SNSClient } from '@aws-sdk/client-sns';
import { snsNotifier } from '../../shared/adapters/sns.ts';
import { containerFor } from '../container.ts';
import { env } from './env.ts';
import { makeHandler } from './handler.ts';

const variables = env.parse(process.env);
const notifier = snsNotifier(new SNSClient({}), variables.TOPIC_ARN);

export const handler = makeHandler(containerFor(variables, { notifier }));
