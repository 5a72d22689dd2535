/** What a deployment may set: context of `cdk.json` or `-c name=value`, checked at synthesis with sentences that help. */
import * as z from 'zod/mini';

const httpsOrigin = (name: string) =>
  z
    .string()
    .check(
      z.regex(
        /^https:\/\/[^/]+$/,
        `"${name}" must be an origin such as https://star.example.org, without a path`,
      ),
    );

/** Context given on the command line is text. */
const Told = z.pipe(
  z.enum(['true', 'false']),
  z.transform((text) => text === 'true'),
);

const Settings = z
  .strictObject({
    /** The OpenID Connect issuer whose tokens the API takes. http is for an issuer on this machine, in tests. */
    issuer: z.optional(
      z
        .string()
        .check(
          z.regex(
            /^(https:\/\/|http:\/\/127\.0\.0\.1)[^\s]+$/,
            '"issuer" must be the https URL of an OpenID Connect issuer: -c issuer=https://login.example.org',
          ),
        ),
    ),
    /** The audience that tokens must be made for. */
    audience: z._default(
      z.string().check(z.minLength(1, '"audience" must not be empty')),
      'urn:xingping:api',
    ),
    /** The portal's name at the issuer: a public client, with the code flow and PKCE. */
    clientId: z._default(z.string().check(z.minLength(1, '"clientId" must not be empty')), 'xingping-portal'),
    /** What the portal asks the issuer for; many issuers give refresh tokens for `offline_access` only. */
    scope: z._default(
      z
        .string()
        .check(
          z.regex(
            /^openid\b/,
            '"scope" must begin with openid, for instance "openid profile offline_access"',
          ),
        ),
      'openid profile',
    ),
    /** Creates a Cognito user pool instead of using an issuer. Not in China, which has none. */
    cognito: z._default(
      z.union([z.boolean(), Told], {
        error: '"cognito" must be true or false',
      }),
      false,
    ),
    /** When the yearly cycle starts, in China's time. */
    yearlyStart: z._default(
      z
        .string()
        .check(
          z.regex(
            /^cron\([^()]+\)$/,
            '"yearlyStart" must be an expression of the EventBridge Scheduler such as cron(0 9 1 3 ? *)',
          ),
        ),
      'cron(0 9 1 3 ? *)',
    ),
    /** The only web origin that may call the API and upload. Where the stack hosts the portal, it is known without. */
    portalOrigin: z.optional(httpsOrigin('portalOrigin')),
    /** Who is told of alarms. The address must confirm once. */
    alarmEmail: z.optional(z.email('"alarmEmail" must be an e-mail address')),
    /** The secret with `server` and `from` of the mail server that messages go out by; without one they go to the topic. */
    mailSecret: z.optional(
      z
        .string()
        .check(
          z.regex(
            /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:.+$/,
            '"mailSecret" must be the ARN of a secret in Secrets Manager that holds {"server": "smtps://…", "from": "…"}',
          ),
        ),
    ),
    /** Object Lock of published objects: governance lets an administrator with a special right undo it, compliance nobody. */
    objectLock: z._default(
      z.enum(['governance', 'compliance'], { error: '"objectLock" must be governance or compliance' }),
      'governance',
    ),
    /** What looks for malware in uploads: `guardduty` where it is offered, `none` elsewhere. */
    scanner: z._default(
      z.enum(['guardduty', 'none'], { error: '"scanner" must be guardduty (where it is offered) or none' }),
      'none',
    ),
    /** Hosts the portal, once it is built. Off where something else serves its files. */
    portal: z._default(
      z.union([z.boolean(), Told], {
        error: '"portal" must be true or false',
      }),
      true,
    ),
    /** Keeps a version of each state machine's definition. Off for an emulator that knows no versions. */
    machineVersions: z._default(
      z.union([z.boolean(), Told], {
        error: '"machineVersions" must be true or false',
      }),
      true,
    ),
    /** How many years published objects cannot be changed or removed. */
    retentionYears: z._default(
      z.coerce
        .number('"retentionYears" must be a number')
        .check(
          z.int('"retentionYears" must be a whole number'),
          z.gte(5, '"retentionYears" must be at least 5: records are kept five years'),
          z.lte(100, '"retentionYears" must be at most 100'),
        ),
      5,
    ),
  })
  .check(
    z.refine(({ issuer, cognito }) => (issuer === undefined) === cognito, {
      error:
        'set either "issuer" (-c issuer=https://login.example.org) or "cognito" (-c cognito=true), and not both',
    }),
  );

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
