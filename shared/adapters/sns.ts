/** Messages to a topic of SNS; whoever subscribes to it passes them on, by short message for instance. */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notifier } from '../app/ports.ts';

export function snsNotifier(client: SNSClient, topicArn: string): Notifier {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    async send({ id, kind, to, about, title, text: words }) {
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Message: JSON.stringify({ id, kind, to, about, title, text: words }),
          // For subscriptions that filter.
          MessageAttributes: { kind: text(kind), recipient: text(Object.keys(to)[0] ?? '') },
        }),
      );
    },
  };
}
