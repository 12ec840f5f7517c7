/** View models of the 실패 보관함. Plain data, masked: they are the JSON twins as well. */
import { refusalWords, causeWords } from '../cause-words.ts';
import type { Job } from '../../job.ts';
import type { Ports } from '../../ports.ts';
import { waybillNumber } from '../../mask.ts';
import { shipmentCode } from '../../shipment-code.ts';
import { SHIPMENT_WORDS } from '../../vocabulary.ts';
import { type About, type LetterRow, letterRow } from './letter.ts';
import { queueWords } from './queue-names.ts';

export interface QueueRow {
  /** as the settings and the record call it */
  name: string;
  /** Korean */
  label: string;
  why: string;
  /** SQS counts roughly */
  waiting: number;
  /** messages have a queue to go back to */
  returns: boolean;
  /** of those looked at */
  oldestAt?: number;
  /** when the oldest of them is deleted by SQS */
  deletedAt?: number;
  job?: { jobId: string; title: string };
}
export interface DlqModel {
  queues: QueueRow[];
  waiting: number;
}
/** A message with what its subject is now. */
export interface Row extends LetterRow {
  subject?: { label: string; href: string; state?: string };
}
export interface QueueModel extends QueueRow {
  letters: Row[];
}

export type DlqPorts = Pick<Ports, 'deadLetters' | 'jobRecords' | 'listed'>;

/** Looked at for the age of a queue: SQS tells it nobody otherwise. */
const FOR_AGE = 10;
export const SHOWN = 20;

export const readQueues = async (ports: DlqPorts): Promise<DlqModel> => {
  const jobs = await runningJobs(ports);
  const queues = await Promise.all(
    ports.deadLetters.names.map(async ({ name }) => {
      const { row, letters, keptMs } = await readQueue(ports, name, FOR_AGE, jobs);
      return { ...row, ...ageOf(letters, keptMs) };
    }),
  );
  return { queues, waiting: queues.reduce((sum, { waiting }) => sum + waiting, 0) };
};

/** undefined: there is no such queue. */
export const readOneQueue = async (ports: DlqPorts, name: string): Promise<QueueModel | undefined> => {
  if (!ports.deadLetters.names.some((one) => one.name === name)) return undefined;
  const jobs = await runningJobs(ports);
  const { row, letters, keptMs } = await readQueue(ports, name, SHOWN, jobs);
  const rows = letters.map((letter) => letterRow(letter, keptMs));
  return { ...row, ...ageOf(letters, keptMs), letters: await withSubjects(ports, rows) };
};

const readQueue = async (
  { deadLetters }: DlqPorts,
  name: string,
  most: number,
  jobs: ReadonlyMap<string, Job>,
) => {
  const { waiting, keptMs } = await deadLetters.depth(name);
  const letters = waiting === 0 ? [] : await deadLetters.look(name, most);
  const { name: label, why } = queueWords(name);
  const returns = deadLetters.names.some((one) => one.name === name && one.returns);
  const job = jobs.get(name);
  const row: QueueRow = {
    name,
    label,
    why,
    waiting: Math.max(waiting, letters.length),
    returns,
    ...(job && { job: { jobId: job.jobId, title: job.title } }),
  };
  return { row, letters, keptMs };
};

const ageOf = (letters: readonly { sentAt: number }[], keptMs: number) => {
  const [oldest] = letters;
  return oldest === undefined ? {} : { oldestAt: oldest.sentAt, deletedAt: oldest.sentAt + keptMs };
};

/** At work now, by the queue it empties. */
const runningJobs = async ({ jobRecords }: Pick<DlqPorts, 'jobRecords'>): Promise<Map<string, Job>> => {
  const running = (await jobRecords.latest()).filter(({ endedAt }) => endedAt === undefined);
  return new Map(running.flatMap((job) => (job.queue === undefined ? [] : [[job.queue, job] as const])));
};
export const runningJob = async (
  ports: Pick<DlqPorts, 'jobRecords'>,
  queue: string,
): Promise<Job | undefined> => (await runningJobs(ports)).get(queue);

const withSubjects = async ({ listed }: DlqPorts, rows: readonly LetterRow[]): Promise<Row[]> => {
  const ids = rows.flatMap(({ about }) => (about?.kind === 'shipment' ? [about.id] : []));
  const shipments = ids.length === 0 ? new Map() : await listed([...new Set(ids)]);
  return rows.map((row) => {
    const { about } = row;
    if (about === undefined) return row;
    if (about.kind !== 'shipment') return { ...row, subject: elsewhere(about) };
    const shipment = shipments.get(about.id);
    const subject = { label: `출고 ${about.id}`, href: `/shipments/${encodeURIComponent(about.id)}` };
    if (shipment === undefined) return { ...row, subject: { ...subject, state: '아직 접수하지 않은 출고' } };
    const { state, tracked, waybillNumber: number, refusal, cause } = shipment;
    const words = SHIPMENT_WORDS[shipmentCode(state, tracked?.status)].label;
    const why = refusal ? refusalWords(refusal) : cause === undefined ? undefined : causeWords(cause);
    const label = number === undefined ? subject.label : waybillNumber(number);
    return { ...row, subject: { ...subject, label, state: why === undefined ? words : `${words}: ${why}` } };
  });
};

const elsewhere = ({ kind, id }: About): NonNullable<Row['subject']> =>
  kind === 'application'
    ? { label: `신청 ${id}`, href: `/applications/${encodeURIComponent(id)}` }
    : { label: `작업 ${id}`, href: `/jobs/${encodeURIComponent(id)}` };
