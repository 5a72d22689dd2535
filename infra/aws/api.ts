/** Every route of the catalogue behind one HTTP API, under /api; all but the public ones behind the issuer's tokens. */
import { ArnFormat, Stack } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnAuthorizer,
  CfnIntegration,
  CfnRoute,
  CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { CallLimit } from '../../functions/api.ts';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import type { SystemFunction } from './function.ts';
import type { Functions } from './functions.ts';

export interface ApiProps {
  functions: Functions;
  issuer: string;
  audience: string;
  /** The portal's origin, the only one that browsers may call from. */
  origin: string | undefined;
}

export class Api extends Construct {
  readonly http: HttpApi;

  constructor(scope: Construct, id: string, { functions, issuer, audience, origin }: ApiProps) {
    super(scope, id);
    this.http = new HttpApi(this, 'Http', {
      apiName: 'xingping',
      createDefaultStage: false,
      ...(origin && { corsPreflight: callsFrom(origin) }),
    });
    const stage = accessLogged(this, this.http, 'api');
    const authorizer = new CfnAuthorizer(this, 'Issuer', {
      apiId: this.http.apiId,
      name: 'issuer',
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { issuer, audience: [audience] },
    });
    for (const [name, { routes }] of Object.entries(FUNCTIONS)) {
      if (routes.length === 0) continue;
      const target = integrate(this, this.http, functions.named(name), name);
      for (const { key, roles, limit } of routes) {
        const route = new CfnRoute(this, `route ${key.replace(/\W+/g, '-')}`, {
          apiId: this.http.apiId,
          routeKey: key,
          target,
          ...(roles === 'public'
            ? { authorizationType: 'NONE' }
            : { authorizationType: 'JWT', authorizerId: authorizer.ref }),
        });
        if (limit) limitCalls(stage, route, limit);
      }
    }
  }

  /** `https://….execute-api.…/api` */
  get url(): string {
    const { region, urlSuffix } = Stack.of(this);
    return `https://${this.http.apiId}.execute-api.${region}.${urlSuffix}/api`;
  }
}

/** The API calls the function's live alias. Returns the target of routes. */
export function integrate(scope: Construct, api: HttpApi, { live }: SystemFunction, name: string): string {
  const integration = new CfnIntegration(scope, `${name}-integration`, {
    apiId: api.apiId,
    integrationType: 'AWS_PROXY',
    integrationUri: live.functionArn,
    payloadFormatVersion: '2.0',
  });
  live.addPermission('api', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: Stack.of(scope).formatArn({
      service: 'execute-api',
      resource: api.apiId,
      resourceName: '*',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    }),
  });
  return `integrations/${integration.ref}`;
}

/** A stage whose log tells route, answer and time of each call, and nothing of who called. */
export function accessLogged(scope: Construct, httpApi: HttpApi, stageName: string): HttpStage {
  const log = new LogGroup(scope, 'AccessLog', { retention: RetentionDays.TWO_YEARS });
  return new HttpStage(scope, 'Stage', {
    httpApi,
    stageName,
    autoDeploy: true,
    throttle: { rateLimit: 100, burstLimit: 200 },
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(log),
      format: AccessLogFormat.custom(
        JSON.stringify({
          requestId: AccessLogField.contextRequestId(),
          route: '$context.routeKey',
          status: AccessLogField.contextStatus(),
          milliseconds: AccessLogField.contextResponseLatency(),
          error: '$context.error.messageString',
        }),
      ),
    },
  });
}

/** A limit of the route's own, below the stage's. The stage can name a route only once it is there. */
function limitCalls(stage: HttpStage, route: CfnRoute, { perSecond, atOnce }: CallLimit): void {
  const { defaultChild } = stage.node;
  if (!(defaultChild instanceof CfnStage)) throw new Error('a stage without its resource');
  const limits = { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: atOnce };
  defaultChild.addPropertyOverride(`RouteSettings.${route.routeKey}`, {
    ...limits,
    DetailedMetricsEnabled: true,
  });
  defaultChild.addResourceDependency(route);
}

function callsFrom(origin: string) {
  return {
    allowOrigins: [origin],
    allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PUT, CorsHttpMethod.POST, CorsHttpMethod.DELETE],
    allowHeaders: ['authorization', 'content-type', 'complaint-code'],
  };
}
