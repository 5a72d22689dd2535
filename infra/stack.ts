/** The system on AWS: the same functions and the same state machine files as on one machine. */
import { ArnFormat, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Variable } from '../functions/environment.ts';
import { RUN_NAMES } from '../shared/domain/gates.ts';
import { acknowledge } from './aws/acknowledged.ts';
import { Api } from './aws/api.ts';
import { Functions } from './aws/functions.ts';
import { Identity } from './aws/identity.ts';
import { Operations } from './aws/operations.ts';
import { isBuilt, PORTAL_FILES, Portal } from './aws/portal.ts';
import { Records } from './aws/records.ts';
import { Schedules } from './aws/schedules.ts';
import { Storage } from './aws/storage.ts';
import { Workflow } from './aws/workflow.ts';
import { FONTS_FOLDER } from './bundling.ts';
import type { Resource } from './permissions.ts';
import type { Settings } from './settings.ts';

export interface XingpingStackProps extends StackProps {
  settings: Settings;
  /** The folder of the built portal; nothing hosts it while it is not built. */
  portalFiles?: string;
}

/** `xingping-annual-assessment` */
const STATE_MACHINE_PREFIX = 'xingping-';

export class XingpingStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { settings, portalFiles = PORTAL_FILES, ...props }: XingpingStackProps,
  ) {
    super(scope, id, props);
    const inChina = this.region.startsWith('cn-');
    if (inChina && settings.cognito) {
      throw new Error(
        `"cognito" cannot be used in ${this.region}: there are no user pools in China. Set "issuer" to an OpenID Connect issuer`,
      );
    }
    const portal =
      settings.portal && isBuilt(portalFiles)
        ? new Portal(this, 'Portal', { files: portalFiles, hasDistribution: !inChina })
        : undefined;
    const origin = settings.portalOrigin ?? portal?.origin;
    const { table } = new Records(this, 'Records');
    const { buckets } = new Storage(this, 'Storage', { ...settings, origin });
    // Messages go out here; who subscribes passes them on.
    const messages = new Topic(this, 'Messages', { enforceSSL: true });
    // By name, not by reference: functions that answer a machine are also called by it.
    const machinePrefix = this.formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: STATE_MACHINE_PREFIX,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const environment: Record<Variable, string> = {
      TABLE: table.tableName,
      QUARANTINE_BUCKET: buckets.quarantine.bucketName,
      EVIDENCE_BUCKET: buckets.evidence.bucketName,
      REPORTS_BUCKET: buckets.reports.bucketName,
      STATE_MACHINE_ARN_PREFIX: machinePrefix,
      SCANNER: settings.scanner,
      TOPIC_ARN: messages.topicArn,
      MAIL_SECRET: settings.mailSecret ?? 'none',
      FONTS_DIR: FONTS_FOLDER,
    };
    const arnsFor = (action: string, on: Resource): string[] => {
      if (on === 'topic') return [messages.topicArn];
      if (on === 'mailSecret') return settings.mailSecret ? [settings.mailSecret] : [];
      if (on === 'table') return [table.tableArn];
      if (on === 'workflow') return RUN_NAMES.map((run) => machinePrefix + run);
      return [action === 's3:ListBucket' ? buckets[on].bucketArn : buckets[on].arnForObjects('*')];
    };
    const functions = new Functions(this, 'Functions', { environment, arnsFor });
    const workflows = RUN_NAMES.map(
      (run) => new Workflow(this, run, STATE_MACHINE_PREFIX + run, functions, settings.machineVersions),
    );
    const identity = settings.cognito ? new Identity(this, 'Identity', origin) : undefined;
    const issuer = identity?.issuer ?? settings.issuer ?? '';
    const audience = identity?.audience ?? settings.audience;
    const api = new Api(this, 'Api', { functions, issuer, audience, origin });
    const schedules = new Schedules(this, 'Schedules', functions, settings.yearlyStart);
    new Operations(this, 'Operations', {
      functions,
      workflows,
      api,
      schedules,
      alarmEmail: settings.alarmEmail,
    });
    // Cognito's audience is the client that it made for the portal.
    const clientId = identity?.audience ?? settings.clientId;
    portal?.deploy({ api: api.url, issuer, clientId, scope: settings.scope });

    new CfnOutput(this, 'ApiUrl', { value: api.url });
    if (portal) new CfnOutput(this, 'PortalUrl', { value: portal.origin });
    new CfnOutput(this, 'Issuer', { value: issuer });
    acknowledge(this);
  }
}
