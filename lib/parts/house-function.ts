import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { CodeOf, FunctionName } from './bundles.ts';
import type { Loan } from './loan.ts';

/** Where every function's metrics are written, so that alarms look in the same place. */
export const metricsNamespace = 'EpostParcel';

export interface HouseFunctionProps<Lent extends Loan<string>, Setting extends string> {
  readonly entry: FunctionName;
  readonly codeOf: CodeOf;
  /** What it does, in a sentence for the AWS console. */
  readonly purpose: string;
  /** Who is hurt, and how, while it fails. No function is built without an answer. */
  readonly errorImpact: string;
  /** Anchor of its entry in docs/runbook.md. */
  readonly runbook: string;
  readonly timeout: Duration;
  /** Silence for this long is a fault in itself; absent where work comes only when there is some. */
  readonly heartbeat?: Duration;
  /** A person is needed at once, at night too, when it falls silent. */
  readonly urgent?: true;
  /** It works until its time is nearly over as long as there is work, so that a long run is no fault. */
  readonly fillsItsTime?: true;
  /** What it may touch: permissions and the variables that name the things. */
  readonly borrows: readonly Lent[];
  /** Variables that are plain settings. */
  readonly settings: Readonly<Record<Setting, string>>;
  readonly reservedConcurrency?: number;
  readonly recursiveLoop?: lambda.RecursiveLoop;
}

/**
 * A Lambda function of this house: Node 24 on arm64, 256 MB, its own role that may do what was lent and nothing else,
 * its own log group kept for a month.
 */
export class HouseFunction<Variable extends string = never> extends lambda.Function {
  /** The variables it was built with; typed, so that a forgotten one fails the type check of its room. */
  readonly variables: Readonly<Record<Variable, string>>;
  readonly errorImpact: string;
  readonly runbook: string;
  readonly limit: Duration;
  readonly heartbeat: Duration | undefined;
  readonly urgent: boolean;
  readonly fillsItsTime: boolean;

  constructor(scope: Construct, id: string, props: HouseFunctionProps<Loan<string>, string>) {
    if (!props.errorImpact.trim()) throw new Error(`${id}: say who is hurt when it fails (errorImpact)`);
    const logGroup = new logs.LogGroup(scope, `${id}Logs`, {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const variables = Object.assign({}, ...props.borrows.map((loan) => loan.variables), props.settings);
    super(scope, id, {
      code: props.codeOf(props.entry),
      handler: 'index.handler',
      description: props.purpose,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 256,
      timeout: props.timeout,
      role: ownRole(scope, id, logGroup, props.borrows),
      logGroup,
      // Without a library: what Lambda itself sees, from the event on the bus to the end of each call, and no content.
      tracing: lambda.Tracing.ACTIVE,
      environment: {
        ...variables,
        POWERTOOLS_SERVICE_NAME: props.entry,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace,
        POWERTOOLS_LOG_LEVEL: 'INFO',
      },
      ...(props.reservedConcurrency && { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...(props.recursiveLoop && { recursiveLoop: props.recursiveLoop }),
    });
    this.variables = variables;
    this.errorImpact = props.errorImpact;
    this.runbook = props.runbook;
    this.limit = props.timeout;
    this.heartbeat = props.heartbeat;
    this.urgent = props.urgent ?? false;
    this.fillsItsTime = props.fillsItsTime ?? false;
  }
}

/**
 * Builds a function of this house. Its type names exactly the variables that its loans and settings give, so a room
 * that declares `HouseFunction<keyof XEnvironment>` does not compile while one is missing.
 * @throws Error when `errorImpact` is empty.
 */
export function houseFunction<Lent extends Loan<string>, Setting extends string>(
  scope: Construct,
  id: string,
  props: HouseFunctionProps<Lent, Setting>,
): HouseFunction<VariableOf<Lent> | Setting> {
  return new HouseFunction(scope, id, props);
}

type VariableOf<Lent> = Lent extends Loan<infer Variable> ? Variable : never;

/** No managed policy: even the basic one of Lambda may write to every log group of the account. */
function ownRole(
  scope: Construct,
  id: string,
  logGroup: logs.ILogGroup,
  borrows: readonly Loan<string>[],
): iam.Role {
  const role = new iam.Role(scope, `${id}Role`, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
  });
  logGroup.grantWrite(role);
  for (const statement of borrows.flatMap((loan) => loan.statements)) role.addToPolicy(statement);
  return role;
}
