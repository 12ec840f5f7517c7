import { everyApplication } from '../../../merchant/every-application.ts';
import { type Application, UNDECIDED } from '../../../merchant/application.ts';
import { missingYears } from '../../../merchant/missing-years.ts';
import { standingOf } from '../../../promise/standing.ts';
import { nextScheduled } from '../../../tracking/run.ts';
import { standsStill } from '../../job.ts';
import type { Ports } from '../../ports.ts';
import { dueOf } from '../applications/due.ts';
import { bandPath } from '../bands/band-path.ts';
import { byUrgency, readBand } from '../bands/band-row.ts';
import { refusalWords } from '../cause-words.ts';
import { queueWords } from '../dlq/queue-names.ts';
import { shopName } from '../shops.ts';
import { healthOf } from '../syncs/health.ts';
import { countCauses } from '../transmissions/causes.ts';
import { readFailed, readUnsent } from '../transmissions/unsent.ts';
import type { Facts } from './facts.ts';

/** No part looks at more than this, however much there is. */
const MOST = 2000;
const RUNS = 10;
const JOBS = 20;
const SUSPENDED = 50;

/** Each part for itself: one store out of reach must not hide what the others know. */
export const readFacts = async (ports: Ports, now: number): Promise<Facts> => {
  const unread: string[] = [];
  const part = async <T>(name: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch {
      ports.count('OverviewPartFailed');
      unread.push(name);
      return undefined;
    }
  };
  const [due, failed, transmitting, bands, sync, pauses, smsFailed, queues, years, stillJobs, tallies] =
    await Promise.all([
      part('신청', () => readDue(ports, now)),
      part('전송 실패', () => readFailures(ports)),
      part('전송 대기', () => readTransmitting(ports, now)),
      part('운송장번호', () => readBands(ports, now)),
      part('배송상태 갱신', () => readSync(ports, now)),
      part('전송 멈춤', () => readPaused(ports)),
      part('문자', () => ports.messages.count('failed')),
      part('실패 보관함', () => readQueues(ports)),
      part('공휴일', async () => missingYears(await ports.calendar(), now)),
      part('작업', async () => (await ports.jobRecords.latest(JOBS)).filter((job) => standsStill(job, now))),
      part('오늘 전송', () => ports.tallies.ofDay(now)),
    ]);
  return {
    now,
    overdue: due?.overdue,
    dueToday: due?.today,
    failed,
    transmitting,
    bands,
    sync,
    paused: pauses?.shops,
    carrierPause: pauses?.carrier,
    smsFailed,
    queues,
    missingYears: years,
    stillJobs: stillJobs?.map(({ jobId, title }) => ({ jobId, title })),
    tallies,
    unread,
  };
};

const readDue = async (ports: Ports, now: number) => {
  const calendar = await ports.calendar();
  const found: Application[] = [];
  for await (const application of everyApplication(ports.applications, UNDECIDED)) {
    if (found.length === MOST) break;
    found.push(application);
  }
  const facts = found
    .toSorted((a, b) => a.dueAt - b.dueAt)
    .map((application) => {
      const { day, words, mark } = dueOf(application, calendar, now);
      const { companyName: name, applicationId } = application;
      return { mark, fact: { name, applicationId, day, words } };
    });
  const of = (wanted: string) => facts.flatMap(({ mark, fact }) => (mark === wanted ? [fact] : []));
  return { overdue: of('over'), today: of('today') };
};

const readFailures = async (ports: Ports) => {
  const { shipments, cut } = await readFailed(ports, MOST);
  return { count: shipments.length, cut, causes: countCauses(shipments) };
};

const readTransmitting = async (ports: Ports, now: number) => {
  const { shipments, cut } = await readUnsent(ports, MOST);
  const { unsent, late, oldestAge } = standingOf(shipments, now);
  const pending = shipments.filter(
    ({ state, deadline }) => now > deadline && state !== 'retrying' && state !== 'unknown',
  ).length;
  return { unsent, late, oldestAge, pending, cut };
};

/** Shops that have numbers; what an application will need shows on its own page. */
const readBands = async (ports: Ports, now: number) => {
  const [calendar, owners] = await Promise.all([ports.calendar(), ports.pools.owners()]);
  const bands = await Promise.all(
    owners.map(async (contractId) => {
      const contract = await ports.contract(contractId);
      const name = contract?.companyName ?? contractId;
      return readBand(ports, { contractId, name, ...(contract && { contract }) }, calendar, now);
    }),
  );
  const rows = bands.map(({ row }) => ({ ...row, path: bandPath(row.contractId) }));
  return rows.toSorted(byUrgency);
};

const readSync = async (ports: Ports, now: number) => {
  const runs = await ports.runs.latest(RUNS);
  const health = healthOf(runs, now, ports.roundEveryMs);
  const last = runs.find(({ outcome }) => outcome === 'done');
  const nextAt = nextScheduled(runs, now, ports.roundEveryMs);
  return {
    ...(health && { health }),
    firstAt: runs.at(-1)?.startedAt ?? now,
    asked: last?.tally.asked ?? 0,
    nextAt,
  };
};

const readPaused = async (ports: Ports) => {
  const [{ pause, contracts }, { applications }] = await Promise.all([
    ports.pauses.read(),
    ports.applications.list(['suspended'], undefined, SUSPENDED),
  ]);
  const suspended = applications.map(({ companyName, applicationId }) => ({
    name: companyName,
    why: '이용정지',
    href: `/applications/${encodeURIComponent(applicationId)}`,
  }));
  const refused = await Promise.all(
    [...contracts].map(async ([contractId, { code }]) => ({
      name: await shopName(ports, contractId),
      why: refusalWords({ code }),
      href: `/transmissions?tab=failed&cause=${encodeURIComponent(code)}`,
    })),
  );
  return { shops: [...refused, ...suspended], carrier: pause };
};

const readQueues = ({ deadLetters }: Ports) =>
  Promise.all(
    deadLetters.names.map(async ({ name }) => ({
      name,
      label: queueWords(name).name,
      ...(await deadLetters.depth(name)),
    })),
  );
