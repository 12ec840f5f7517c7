/** The link work (연동작업) an approval starts: the supply site is known at ePost, and there are numbers to give. */
import type { EpostClient } from '../epost/epost.client.ts';
import type { Application, Check } from './application.ts';
import { notOk } from './pre-check.ts';

export interface LinkPorts {
  epost: Pick<EpostClient, 'getOfficeInfo' | 'insertOffice'>;
  /** numbers left in a contract's pool */
  available: (contractId: string) => Promise<number>;
}
type Finding = Pick<Check, 'name' | 'outcome' | 'detail'>;
export type Linked =
  | { outcome: 'linked'; checks: Check[] }
  /** someone must act first: an operator who imports numbers, or ePost that is silent now */
  | { outcome: 'not-yet'; why: string; checks: Check[] }
  /** ePost refused the site: back to the review */
  | { outcome: 'failed'; why: string; checks: Check[] };

/** Runs the steps. The second time: a site that is registered already counts as registered. */
export const runLinkSteps = async (
  ports: LinkPorts,
  application: Application,
  now: number,
): Promise<Linked> => {
  const [site, numbers] = await Promise.all([
    siteRegistered(ports, application),
    numbersReady(ports, application),
  ]);
  const checks = [site, numbers].map((finding) => ({ ...finding, at: now }));
  if (site.outcome === 'failed') return { outcome: 'failed', why: site.detail, checks };
  const open = [site, numbers].find(({ outcome }) => outcome !== 'passed');
  return open === undefined
    ? { outcome: 'linked', checks }
    : { outcome: 'not-yet', why: open.detail, checks };
};

/** Asked first, so that a site the post office knows is left alone. An unreadable list is answered by registering. */
const siteRegistered = async ({ epost }: LinkPorts, application: Application): Promise<Finding> => {
  const { customerNo, site } = application;
  const name = 'site-registered';
  const known = await epost.getOfficeInfo(customerNo);
  const found = known.outcome === 'ok' && known.value.some(({ officeSer }) => officeSer === site.officeSer);
  if (found) return { name, outcome: 'passed', detail: '우체국에 등록되어 있습니다.' };
  // An empty list is no list to ePost's reader: only registering tells.
  const mayRegister = known.outcome === 'ok' || (known.outcome === 'unknown' && known.why === 'garbled');
  const notFound = known.outcome === 'error' && known.refusal.class === 'not-found';
  if (known.outcome !== 'ok' && !mayRegister && !notFound) return notOk(name, known);
  const answer = await epost.insertOffice({ customerNo, ...site });
  if (answer.outcome === 'ok') return { name, outcome: 'passed', detail: '우체국에 등록되어 있습니다.' };
  if (answer.outcome === 'error' && answer.refusal.class === 'already-there')
    return { name, outcome: 'passed', detail: '우체국에 등록되어 있습니다.' };
  return notOk(name, answer);
};

const numbersReady = async ({ available }: LinkPorts, application: Application): Promise<Finding> => {
  const name = 'numbers-ready';
  if (application.numbering === 'carrier-issued')
    return { name, outcome: 'passed', detail: '우체국이 접수할 때 번호를 줍니다.' };
  const left = await available(application.contractId);
  return left > 0
    ? { name, outcome: 'passed', detail: `운송장번호가 ${left.toLocaleString('ko')}개 있습니다.` }
    : { name, outcome: 'failed', detail: '배정한 운송장번호가 없습니다. 운송장번호 대역을 추가해 주세요.' };
};
