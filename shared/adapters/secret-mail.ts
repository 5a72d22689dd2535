/** Messages by mail through the server that a secret of Secrets Manager names: its password stands nowhere else. */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { Notifier } from '../app/ports.ts';
import { Words } from '../domain/schemas.ts';
import { smtpNotifier } from './smtp.ts';

/** `{ "server": "smtps://name:password@mail.example.org:465", "from": "centre@example.org" }` */
const MailSecret = z.object({
  server: Words,
  from: Words,
});

/** Reads the secret with the first message, and again after a message could not be sent: it may have been rotated. */
export function secretMailNotifier(client: SecretsManagerClient, secretId: string): Notifier {
  let ready: Promise<Notifier> | undefined;
  const open = async (): Promise<Notifier> => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    const { server, from } = MailSecret.parse(JSON.parse(SecretString));
    return smtpNotifier(server, from);
  };
  return {
    async send(message, addresses) {
      try {
        ready ??= open();
        await (await ready).send(message, addresses);
      } catch (error) {
        ready = undefined;
        throw error;
      }
    },
  };
}
