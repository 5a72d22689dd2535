/** `npx cdk deploy`: the stack of one city. Settings come from the context, checked here with sentences that help. */
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { XingpingStack } from './stack.ts';

const Context = z.object({
  issuer: z.url({
    message: 'context "issuer" must be the URL of an OpenID Connect issuer: -c issuer=https://…',
  }),
  audience: z.string().default('urn:xingping:api'),
  yearlyStart: z
    .string()
    .regex(/^cron\(.+\)$/, 'context "yearlyStart" must be a Scheduler expression such as cron(0 9 1 3 ? *)')
    .default('cron(0 9 1 3 ? *)'),
  scanner: z
    .enum(['guardduty', 'none'], 'context "scanner" must be guardduty (where it is offered) or none')
    .default('none'),
});

const app = new App();
const given = (name: string): unknown => app.node.tryGetContext(name);
const context = Context.parse({
  issuer: given('issuer'),
  audience: given('audience'),
  yearlyStart: given('yearlyStart'),
  scanner: given('scanner'),
});
new XingpingStack(app, 'Xingping', context);
