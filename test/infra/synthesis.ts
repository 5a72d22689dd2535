/** The stack as it would be deployed to a region, without bundling: what the template says does not depend on the code's bytes. */
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { settingsFrom } from '../../infra/settings.ts';
import { XingpingStack } from '../../infra/stack.ts';

export const REGIONS = ['cn-north-1', 'eu-central-1'] as const;

export interface Given {
  /** `unknown`: synthesised without credentials, for whichever account and region it is deployed to. */
  region?: string;
  settings?: Record<string, unknown>;
  /** The folder of the built portal; by default there is none. */
  portalFiles?: string;
}

export function stackIn({ region = 'eu-central-1', settings = {}, portalFiles = '/nowhere' }: Given) {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  const given: Record<string, unknown> = { issuer: 'https://login.example.org', ...settings };
  const env = region === 'unknown' ? {} : { region, account: '123456789012' };
  const stack = new XingpingStack(app, 'Xingping', {
    env,
    settings: settingsFrom((name) => given[name]),
    portalFiles,
  });
  return { app, stack };
}

const made = new Map<string, Template>();

/** The same deployment is synthesised once. */
export function templateOf(given: Given): Template {
  const key = JSON.stringify(given);
  const template = made.get(key) ?? Template.fromStack(stackIn(given).stack);
  made.set(key, template);
  return template;
}

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

/** All statements of all policies of a kind. */
export function statementsOf(template: Template, type: string): Statement[] {
  return propertiesOf(template, type).flatMap(({ PolicyDocument, Policies = [] }) =>
    [PolicyDocument, ...Policies.map((own) => own.PolicyDocument)].flatMap(
      (document) => document?.Statement ?? [],
    ),
  );
}

interface Document {
  Statement: Statement[];
}

/** What the tests look at in a resource's properties. */
export interface Properties {
  PolicyDocument?: Document;
  Policies?: { PolicyDocument: Document }[];
  [property: string]: unknown;
}

export const propertiesOf = (template: Template, type: string): Properties[] =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);
