/**
 * An AWS emulator on loopback (MiniStack, from PyPI) in a virtual environment of its own, and the stack deployed into it by
 * the CDK's own command, with the bundles that AWS would get.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The emulator, and what it checks the signatures of tokens with. */
const PACKAGES = ['ministack==1.5.33', 'cryptography==46.0.3'];
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Kept between runs: the package is fetched once. */
const VENV = join(ROOT, 'node_modules', '.cache', 'ministack-1.5.33');
const ACCOUNT = '000000000000';
export const REGION = 'eu-central-1';

const run = promisify(execFile);

export interface Emulator {
  endpoint: string;
  /** What clients and the CDK need to find it. */
  env: NodeJS.ProcessEnv;
  /** What it printed: for a test that failed. */
  log(): string;
  close(): void;
}

export async function startEmulator(): Promise<Emulator> {
  const python = join(VENV, 'bin', 'python');
  if (!existsSync(join(VENV, 'bin', 'ministack'))) {
    await run('python3', ['-m', 'venv', VENV]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES]);
    await answerCopiesAsAwsDoes(python);
  }
  const home = mkdtempSync(join(tmpdir(), 'xingping-aws-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const logFile = join(home, 'emulator.log');
  const output = openSync(logFile, 'a');
  const env = {
    ...process.env,
    // Functions run on the Node that the project brings.
    PATH: `${join(ROOT, 'node_modules', '.bin')}:${dirname(process.execPath)}:${process.env.PATH}`,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    CDK_DEFAULT_ACCOUNT: ACCOUNT,
    CDK_DEFAULT_REGION: REGION,
    CDK_DISABLE_CLI_TELEMETRY: '1',
  };
  const child: ChildProcess = spawn(join(VENV, 'bin', 'ministack'), [], {
    cwd: home,
    env: { ...env, HOME: home, TMPDIR: home, BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port) },
    stdio: ['ignore', output, output],
  });
  const log = () => readFileSync(logFile, 'utf8');
  await answers(endpoint, log);
  return {
    endpoint,
    env,
    log,
    close() {
      child.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** CopyObject answers with the copy's checksum, by which a kept file is held to what was checked: MiniStack leaves it out. */
async function answerCopiesAsAwsDoes(python: string): Promise<void> {
  const { stdout } = await run(python, ['-c', 'import ministack.services.s3 as s3; print(s3.__file__)']);
  const file = stdout.trim().split('\n').at(-1) ?? '';
  const before = '    SubElement(root, "ETag").text = new_etag\n';
  const source = readFileSync(file, 'utf8');
  if (source.split(before).length !== 2) throw new Error(`${file} is not what ${PACKAGES[0]} brings`);
  const checksums =
    '    for name, value in dest_checksums.items():\n        SubElement(root, f"Checksum{name}").text = value\n';
  writeFileSync(file, source.replace(before, before + checksums));
}

async function answers(endpoint: string, log: () => string): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    if (
      await fetch(endpoint)
        .then(() => true)
        .catch(() => false)
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`the emulator does not answer:\n${log()}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** `cdk bootstrap`, then `cdk deploy`: what the README tells an operator to type. Returns the stack's outputs. */
export async function deploy({ env }: Emulator, issuer: string): Promise<Record<string, string>> {
  const cdk = join(ROOT, 'node_modules', '.bin', 'cdk');
  const output = mkdtempSync(join(tmpdir(), 'xingping-cdk-'));
  const outputs = join(output, 'outputs.json');
  const context = ['-c', `issuer=${issuer}`, '-c', 'machineVersions=false', '-c', 'portal=false'];
  const options = { cwd: ROOT, env, maxBuffer: 64 * 1024 * 1024 };
  try {
    await run(cdk, ['bootstrap', `aws://${ACCOUNT}/${REGION}`, '--output', output, ...context], options);
    const flags = ['--all', '--require-approval', 'never', '--output', output, '--outputs-file', outputs];
    await run(cdk, ['deploy', ...flags, ...context], options);
    const stacks = JSON.parse(readFileSync(outputs, 'utf8')) as Record<string, Record<string, string>>;
    return stacks.Xingping ?? {};
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** The emulator reads the region from the credential, and checks no signature. */
export const inRegion = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20220101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

/** What the deployed functions logged as failures: code, error and where. */
export async function failuresIn({ endpoint }: Emulator): Promise<string[]> {
  const logs = async (action: string, body: object) => {
    const headers = {
      'x-amz-target': `Logs_20140328.${action}`,
      'content-type': 'application/x-amz-json-1.1',
    };
    return (await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const { logGroups = [] } = (await logs('DescribeLogGroups', {})) as {
    logGroups?: { logGroupName: string }[];
  };
  const failures: string[] = [];
  for (const { logGroupName } of logGroups) {
    const { events = [] } = (await logs('FilterLogEvents', { logGroupName })) as {
      events?: { message: string }[];
    };
    failures.push(
      ...events.map(({ message }) => message).filter((text) => /"level":"ERROR"|rror:/.test(text)),
    );
  }
  return failures.map((text) => text.slice(0, 1500));
}
