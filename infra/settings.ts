/** What a deployment may set: context of `cdk.json` or `-c name=value`, checked at synthesis with sentences that help. */
import * as z from 'zod';

const httpsOrigin = (name: string) =>
  z
    .string()
    .regex(
      /^https:\/\/[^/]+$/,
      `"${name}" must be an origin such as https://star.example.org, without a path`,
    );

const Settings = z
  .strictObject({
    /** The OpenID Connect issuer whose tokens the API takes. http is for an issuer on this machine, in tests. */
    issuer: z
      .string()
      .regex(
        /^(https:\/\/|http:\/\/127\.0\.0\.1)[^\s]+$/,
        '"issuer" must be the https URL of an OpenID Connect issuer: -c issuer=https://login.example.org',
      )
      .optional(),
    /** The audience that tokens must be made for. */
    audience: z.string().min(1, '"audience" must not be empty').default('urn:xingping:api'),
    /** The portal's name at the issuer: a public client, with the code flow and PKCE. */
    clientId: z.string().min(1, '"clientId" must not be empty').default('xingping-portal'),
    /** What the portal asks the issuer for; many issuers give refresh tokens for `offline_access` only. */
    scope: z
      .string()
      .regex(/^openid\b/, '"scope" must begin with openid, for instance "openid profile offline_access"')
      .default('openid profile'),
    /** Creates a Cognito user pool instead of using an issuer. Not in China, which has none. */
    cognito: z
      .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')], {
        error: '"cognito" must be true or false',
      })
      .default(false),
    /** When the yearly cycle starts, in China's time. */
    yearlyStart: z
      .string()
      .regex(
        /^cron\([^()]+\)$/,
        '"yearlyStart" must be an expression of the EventBridge Scheduler such as cron(0 9 1 3 ? *)',
      )
      .default('cron(0 9 1 3 ? *)'),
    /** The only web origin that may call the API and upload. Where the stack hosts the portal, it is known without. */
    portalOrigin: httpsOrigin('portalOrigin').optional(),
    /** Who is told of alarms. The address must confirm once. */
    alarmEmail: z.email('"alarmEmail" must be an e-mail address').optional(),
    /** The secret with `server` and `from` of the mail server that messages go out by; without one they go to the topic. */
    mailSecret: z
      .string()
      .regex(
        /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:.+$/,
        '"mailSecret" must be the ARN of a secret in Secrets Manager that holds {"server": "smtps://…", "from": "…"}',
      )
      .optional(),
    /** Object Lock of published objects: governance lets an administrator with a special right undo it, compliance nobody. */
    objectLock: z
      .enum(['governance', 'compliance'], { error: '"objectLock" must be governance or compliance' })
      .default('governance'),
    /** What looks for malware in uploads: `guardduty` where it is offered, `none` elsewhere. */
    scanner: z
      .enum(['guardduty', 'none'], { error: '"scanner" must be guardduty (where it is offered) or none' })
      .default('none'),
    /** Hosts the portal, once it is built. Off where something else serves its files. */
    portal: z
      .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')], {
        error: '"portal" must be true or false',
      })
      .default(true),
    /** Keeps a version of each state machine's definition. Off for an emulator that knows no versions. */
    machineVersions: z
      .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')], {
        error: '"machineVersions" must be true or false',
      })
      .default(true),
    /** How many years published objects cannot be changed or removed. */
    retentionYears: z.coerce
      .number('"retentionYears" must be a number')
      .int('"retentionYears" must be a whole number')
      .min(5, '"retentionYears" must be at least 5: records are kept five years')
      .max(100, '"retentionYears" must be at most 100')
      .default(5),
  })
  .refine(({ issuer, cognito }) => (issuer === undefined) === cognito, {
    error:
      'set either "issuer" (-c issuer=https://login.example.org) or "cognito" (-c cognito=true), and not both',
  });

export type Settings = z.infer<typeof Settings>;
export const SETTING_NAMES = Settings.shape;

/** Reads the settings one by one from the context; throws one error that names every wrong one. */
export function settingsFrom(given: (name: string) => unknown): Settings {
  const names = Object.keys(SETTING_NAMES);
  const present = names.map((name) => [name, given(name)]).filter(([, value]) => value !== undefined);
  const parsed = Settings.safeParse(Object.fromEntries(present));
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map(({ message }) => `- ${message}`);
  throw new Error(`These settings of the deployment need attention:\n${sentences.join('\n')}`);
}
