/** Messages by mail, through a mail server of the centre's own. */
import { createTransport } from 'nodemailer';
import type { Notifier } from '../app/ports.ts';

const TIMEOUT_MS = 10_000;

/**
 * `server` is a URL such as `smtps://name:password@mail.example.org:465`. Each address gets a mail of its own, so that nobody
 * learns another's; a mail sent twice has the same Message-ID.
 */
export function smtpNotifier(server: string, from: string): Notifier {
  const transport = createTransport({
    url: server,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    async send({ id, title, text }, addresses) {
      const messageId = `<${id.replace(/[^\w.-]/g, '.')}@xingping>`;
      for (const to of addresses) await transport.sendMail({ from, to, subject: title, text, messageId });
    },
  };
}
