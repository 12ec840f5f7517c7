/** Which messages an operator asks for. */
import { APPLICATION_STATUSES } from '../../../merchant/application.ts';
import { everyApplication } from '../../../merchant/every-application.ts';
import type { Message, MessageState } from '../../../notification/message.ts';
import { MESSAGE_STATES } from '../../../notification/message.ts';
import type { Ports } from '../../ports.ts';
import { matches } from '../applications/list-model.ts';
import { applicationIdOf } from './row.ts';

export const TABS = [
  { key: 'all', label: '전체', states: [...MESSAGE_STATES] },
  { key: 'waiting', label: '발송대기', states: ['pending', 'sending'] },
  { key: 'sent', label: '발송완료', states: ['sent'] },
  { key: 'failed', label: '발송실패', states: ['failed'] },
  { key: 'unknown', label: '결과 미확인', states: ['unknown'] },
] as const satisfies readonly { key: string; label: string; states: readonly MessageState[] }[];
export type TabKey = (typeof TABS)[number]['key'];

export interface MessagesQuery {
  tab: TabKey;
  /** words of 상호, 도메인, 고객번호, 사업자번호 */
  q: string;
  cursor?: string;
}
export const queryOf = (query: URLSearchParams): MessagesQuery => {
  const cursor = query.get('cursor') ?? '';
  return {
    tab: TABS.find(({ key }) => key === query.get('tab'))?.key ?? 'all',
    q: (query.get('q') ?? '').trim().slice(0, 100),
    ...(/^[\w-]{1,2000}$/.test(cursor) && { cursor }),
  };
};

export interface Listed {
  messages: Message[];
  /** 상호 by application id */
  names: ReadonlyMap<string, string>;
  /** messages that were looked through for them */
  looked: number;
  cursor?: string;
}
type ListPorts = Pick<Ports, 'messages' | 'applications'>;

const A_PAGE = 50;
/** Applications looked through for a name. */
const MOST_APPLICATIONS = 2000;

/** Latest first, whole pages until `enough` are found or `looked` looked through. */
export const listMessages = async (
  ports: ListPorts,
  { tab, q, cursor: from }: MessagesQuery,
  most: { enough: number; looked: number },
): Promise<Listed> => {
  const states = TABS.find(({ key }) => key === tab)?.states ?? MESSAGE_STATES;
  const wanted = q === '' ? undefined : await namesLike(ports, q);
  const messages: Message[] = [];
  let [looked, cursor] = [0, from];
  do {
    const page = await ports.messages.page(states, cursor, A_PAGE);
    looked += page.messages.length;
    messages.push(
      ...page.messages.filter((message) => !wanted || wanted.has(applicationIdOf(message) ?? '')),
    );
    cursor = page.cursor;
  } while (cursor !== undefined && messages.length < most.enough && looked < most.looked);
  const names = wanted ?? (await namesOf(ports, messages));
  return { messages, names, looked, ...(cursor !== undefined && { cursor }) };
};

/** Applications that answer to what was typed. */
const namesLike = async ({ applications }: ListPorts, q: string): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  const asked = { tab: 'all', q, kind: '', who: '', page: 1 } as const;
  let read = 0;
  for await (const application of everyApplication(applications, APPLICATION_STATUSES)) {
    if (matches(application, asked, '')) found.set(application.applicationId, application.companyName);
    if (++read === MOST_APPLICATIONS) break;
  }
  return found;
};

const namesOf = async (
  { applications }: ListPorts,
  messages: readonly Message[],
): Promise<Map<string, string>> => {
  const ids = [...new Set(messages.flatMap((message) => applicationIdOf(message) ?? []))];
  const known = await Promise.all(
    ids.map(async (id) => [id, (await applications.read(id))?.companyName] as const),
  );
  return new Map(known.flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const])));
};
