/** What is told once everything runs: an object for programs, addresses for people. */
import { contractIdOf } from '../../functions/merchant/contract.ts';
import { DUMMY_CREDENTIALS } from '../demo/clients.ts';
import type { House } from '../demo/house.ts';
import { tablesOf } from '../demo/tables.ts';
import type { Door } from './lines.ts';

/** The first line of `--json`. Every address answers at 127.0.0.1 to any credentials. */
export const readyObject = (house: House, version: string): Record<string, unknown> => {
  const { endpoints, outputs } = house.stack;
  return {
    type: 'ready',
    version,
    time: new Date(house.clock.now()).toISOString(),
    endpoints: {
      eventbridge: endpoints.eventbridge,
      bus: endpoints.eventbridge,
      dynamodb: endpoints.dynamodb,
      sqs: endpoints.sqs,
      sns: endpoints.sns,
      secretsmanager: endpoints.secretsmanager,
      epost: house.carrierUrl,
      control: house.control.url,
    },
    control: house.control.url,
    ...(house.consoleUrl && { console: shown(house.consoleUrl) }),
    ...(house.apiUrl && { api: house.apiUrl }),
    busName: outputs['BusName'],
    orderSource: house.settings.orderSource,
    region: 'ap-northeast-2',
    credentials: DUMMY_CREDENTIALS,
    tables: tablesOf(outputs),
    queues: queuesOf(outputs),
    functions: house.stack.functionNames,
    contracts: house.contracts.map(({ shopId, sellerId, companyName, numbering, numbers }) => ({
      contractId: contractIdOf({ shopId, sellerId }),
      shopId,
      ...(sellerId !== undefined && { sellerId }),
      companyName,
      numbering,
      ...(numbers && { numbers }),
    })),
  };
};

/** `OrderEventsQueueUrl` becomes `orderEvents`. */
const queuesOf = (outputs: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(outputs).flatMap(([name, url]) => {
      const [, queue] = /^(\w+?)(?:Queue)?Url$/.exec(name) ?? [];
      return queue === undefined ? [] : [[queue[0]!.toLowerCase() + queue.slice(1), url]];
    }),
  );

/** The addresses for people. */
export const doorsOf = (house: House, dataDir: string | undefined): Door[] => [
  ...(house.consoleUrl
    ? [{ label: '운영 화면', where: shown(house.consoleUrl), note: '비밀번호 없이 로그인합니다 (개발용)' }]
    : []),
  ...(house.apiUrl
    ? [{ label: 'API', where: shown(house.apiUrl), note: 'openapi: /openapi.json (서명 필요, h 도움말)' }]
    : []),
  house.simulator === undefined
    ? { label: '우체국', where: house.carrierUrl, note: '--epost-url 로 정한 곳입니다' }
    : { label: '모의 우체국', where: shown(house.carrierUrl), note: '느림·실패를 켜고 끌 수 있습니다' },
  {
    label: 'AWS 접점',
    where: shown(house.stack.endpoints.edge),
    note: '아무 AWS SDK·CLI로 이벤트를 보낼 수 있습니다',
  },
  dataDir === undefined
    ? { label: '데이터', where: '메모리', note: '--data ./.data 로 남길 수 있습니다' }
    : { label: '데이터', where: dataDir, note: '다시 실행하면 이어집니다' },
];

/** Where a person looks on: the console. */
export const pageOf = (house: House): string =>
  house.consoleUrl !== undefined
    ? shown(house.consoleUrl)
    : house.simulator === undefined
      ? `${shown(house.control.url)}/clock`
      : `${shown(house.simulator.url)}/control`;

/** Where a person sees how a shipment went. */
export const shipmentPageOf = (house: House, waybillNumber: string): string =>
  house.consoleUrl === undefined ? pageOf(house) : `${shown(house.consoleUrl)}/shipments/${waybillNumber}`;

const shown = (url: string): string => url.replace('127.0.0.1', 'localhost');
