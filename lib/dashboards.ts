import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { FunctionName } from './parts/bundles.ts';
import type { HouseFunction } from './parts/house-function.ts';
import type { KeptTable } from './parts/kept-table.ts';
import { metricOf, shareOf, waiting } from './parts/metrics.ts';
import type { QueueWithDlq } from './parts/queue-with-dlq.ts';
import type { Settings } from './settings.ts';

export interface DashboardsProps {
  readonly settings: Settings;
  readonly functions: readonly HouseFunction<string>[];
  readonly queues: readonly QueueWithDlq[];
  readonly tables: readonly KeptTable<string>[];
}

/** Two pictures: what was promised, for everybody; and the engine room, for whoever looks for the cause. */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, props: DashboardsProps) {
    super(scope, id);
    const { stage } = props.settings;
    new cloudwatch.Dashboard(this, 'Promises', {
      dashboardName: `epost-parcel-${stage}-promises`,
      start: '-P1D',
      widgets: promises(props.settings),
    });
    new cloudwatch.Dashboard(this, 'EngineRoom', {
      dashboardName: `epost-parcel-${stage}-engine-room`,
      start: '-PT12H',
      widgets: engineRoom(props),
    });
  }
}

const HALF = 12;

/** Each title says the number that was promised, and each picture has its line. */
function promises({ promiseMinutes, trackingHours }: Settings): cloudwatch.IWidget[][] {
  return [
    [
      picture(
        `가장 오래 기다린 미접수 건 (약속: ${promiseMinutes}분 이내)`,
        [level('watch', 'OldestUnacceptedSeconds', '초')],
        {
          line: promiseMinutes * 60,
        },
      ),
      picture(`${promiseMinutes}분 안에 접수된 비율 % (약속: 100 %)`, [inTime()], { line: 100, most: 100 }),
    ],
    [
      picture('승인 기한이 오늘이거나 지난 신청 (약속: 3영업일 이내 결정)', [
        level('onboard', 'ApplicationsDueToday', '오늘까지'),
        level('onboard', 'ApplicationsOverdue', '기한 지남'),
      ]),
      picture(
        '운송장번호가 가장 먼저 소진되는 대역, 남은 영업일 (약속: 7일 이상)',
        [level('watch', 'PoolDaysLeast', '영업일')],
        {
          line: 7,
        },
      ),
    ],
    [
      picture(
        `배송상태 갱신이 끝난 뒤 지난 시간 (약속: ${trackingHours}시간마다)`,
        [level('watch', 'TrackingRoundAgeSeconds', '초')],
        { line: trackingHours * 3_600 },
      ),
      picture('문자 발송 (약속: 결정마다 한 번)', [
        counted('send-sms', 'SmsSent', '보냄'),
        counted('send-sms', 'SmsFailed', '실패'),
        counted('send-sms', 'SmsUnknown', '결과 미확인'),
      ]),
    ],
    [
      picture('사람을 기다리는 발송 건 (약속: 없음)', [
        level('watch', 'ShipmentsWaitingNow', '번호 없음'),
        level('watch', 'ShipmentsParked', '중단'),
        level('watch', 'ShipmentsRefusedOpen', '우체국 거절'),
      ]),
      picture('하루의 흐름', [
        counted('allocate', 'ShipmentsAllocated', '채번'),
        counted('drain', 'Transmitted', '접수'),
        counted('sync', 'TrackingChanged', '배송상태 변경'),
      ]),
    ],
  ];
}

/** In the order in which one looks for a cause: do functions fail, does work pile up, does ePost answer, do tables refuse. */
function engineRoom({ functions, queues, tables }: DashboardsProps): cloudwatch.IWidget[][] {
  const five = { period: Duration.minutes(5) };
  const each = (of: (fn: HouseFunction<string>) => cloudwatch.Metric) =>
    functions.map((fn) => of(fn).with({ label: fn.node.id }));
  return [
    [
      picture(
        '함수 오류',
        each((fn) => fn.metricErrors(five)),
      ),
      picture(
        '함수 호출 거부(스로틀)',
        each((fn) => fn.metricThrottles(five)),
      ),
    ],
    [
      picture(
        '함수 실행 시간 ms (최대)',
        each((fn) => fn.metricDuration({ ...five, statistic: 'Maximum' })),
      ),
      picture(
        '함수 호출 수',
        each((fn) => fn.metricInvocations(five)),
      ),
    ],
    [
      picture(
        '대기열에 있는 메시지',
        queues.map((queue) => waiting(queue.queue).with({ label: nameIn(queue) })),
      ),
      picture(
        '실패 보관함 (0이어야 합니다)',
        queues.map((queue) => waiting(queue.deadLetters).with({ label: nameIn(queue) })),
      ),
    ],
    [
      picture('우체국 호출과 결과', [
        counted('drain', 'CarrierCalls', '호출'),
        counted('drain', 'CarrierCallsRefused', '거절'),
        counted('drain', 'CarrierCallsUnanswered', '응답 없음'),
        level('drain', 'CarrierPaused', '멈춤'),
      ]),
      picture('우체국 응답 시간 ms', ['p50', 'p99', 'Maximum'].map(answerTime)),
    ],
    [
      picture('종추적 질의와 결과', [
        counted('sync', 'TrackingAsked', '질의'),
        counted('sync', 'TrackingFailed', '응답 없음'),
        counted('sync', 'TrackingNotFound', '조회되지 않음'),
        counted('sync', 'TrackingUncovered', '한도로 미조회'),
      ]),
      picture('테이블 스로틀', tables.flatMap(throttled)),
    ],
  ];
}

function picture(
  title: string,
  left: cloudwatch.IMetric[],
  { line, most }: { line?: number; most?: number } = {},
): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title,
    left,
    width: HALF,
    leftYAxis: { min: 0, showUnits: false, ...(most && { max: most }) },
    ...(line && { leftAnnotations: [{ value: line, label: '약속', color: cloudwatch.Color.RED }] }),
  });
}

const level = (writtenBy: FunctionName, name: string, label: string) =>
  metricOf({ writtenBy, name, kind: 'level' }).with({ label });
const counted = (writtenBy: FunctionName, name: string, label: string) =>
  metricOf({ writtenBy, name, kind: 'count' }).with({ label });

/** What is not late, as a share of what was accepted. */
function inTime(): cloudwatch.MathExpression {
  const late = shareOf({ writtenBy: 'drain', name: 'TransmittedLate', kind: 'count' }, 'Transmitted');
  return new cloudwatch.MathExpression({
    expression: '100 - 100 * FILL(part, 0) / whole',
    usingMetrics: late.usingMetrics!,
    label: '%',
  });
}

const answerTime = (statistic: string) =>
  metricOf({ writtenBy: 'drain', name: 'CarrierCallMs', kind: 'level' }).with({
    statistic,
    label: statistic,
  });

const throttled = (table: KeptTable<string>) =>
  ['ReadThrottleEvents', 'WriteThrottleEvents'].map(
    (metricName) =>
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: table.tableName },
        statistic: 'Sum',
        label: `${nameIn(table)} ${metricName.startsWith('Read') ? '읽기' : '쓰기'}`,
      }),
  );

/** `Order/Events`: its room and its name, without the stack. */
const nameIn = (construct: Construct) => construct.node.path.split('/').slice(1).join('/');
