/** Where a waybill number is: whose block, and what became of it. */
import { waybillNumber } from '../../mask.ts';
import type { Ports } from '../../ports.ts';
import { shipmentCode } from '../../shipment-code.ts';
import { moment } from '../../time.ts';
import type { ShipmentCode } from '../../vocabulary.ts';
import { shopName } from '../shops.ts';
import { shipmentPath } from '../shipments/row.ts';
import { bandPath } from './band-path.ts';

export interface WhereIs {
  number: string;
  outcome: 'given' | 'free' | 'retired' | 'void' | 'unexplained' | 'not-ours';
  /** 소담마켓 2번째 대역의 1,184번째 번호 */
  place?: string;
  says: string;
  /** where to look further */
  links: { href: string; label: string }[];
  /** of the shipment that has it */
  code?: ShipmentCode;
}
type WherePorts = Pick<Ports, 'findNumber' | 'contract' | 'listed'>;

/** @param number 13 digits */
export const whereIs = async (ports: WherePorts, number: string, now: number): Promise<WhereIs> => {
  const found = await ports.findNumber(number);
  if (found.outcome === 'not-ours')
    return {
      number,
      outcome: 'not-ours',
      says: '추가한 어느 대역에도 없는 번호입니다. 우체국이 접수하며 정했거나 다른 택배사의 번호일 수 있습니다.',
      links: [{ href: `/shipments?q=${number}`, label: '최근 출고에서 찾기' }],
    };
  const { contractId, block, position } = found;
  const shop = await shopName(ports, contractId);
  const place = `${shop} ${block}번째 대역의 ${(position + 1).toLocaleString('ko')}번째 번호`;
  const band = { href: bandPath(contractId), label: `${shop} 대역 보기` };
  const known = { number, outcome: found.outcome, place };
  switch (found.outcome) {
    case 'given':
      return { ...known, ...(await givenTo(ports, found, now, band, number)) };
    case 'free':
      return { ...known, says: '아직 쓰지 않았습니다. 차례가 되면 출고에 쓰입니다.', links: [band] };
    case 'retired':
      return {
        ...known,
        says: `쓰지 않고 반납했습니다. ${moment(found.at, now)} ${found.by} 님 · 사유: ${found.reason}`,
        links: [band],
      };
    case 'void':
      return {
        ...known,
        says: `다시는 쓰지 않는 번호입니다. ${moment(found.at, now)} ${found.by} 님 · 사유: ${found.reason}`,
        links: [band],
      };
    case 'unexplained':
      return {
        ...known,
        says: '어느 출고에도 쓰이지 않고 건너뛴 번호입니다. 원장 점검이 필요합니다. 개발팀에 알려 주세요.',
        links: [band],
      };
  }
};

const givenTo = async (
  { listed }: WherePorts,
  { shipmentId, at }: { shipmentId: string; at: number },
  now: number,
  band: WhereIs['links'][number],
  number: string,
): Promise<Pick<WhereIs, 'says' | 'links' | 'code'>> => {
  const shipment = (await listed([shipmentId])).get(shipmentId);
  const links = [{ href: shipmentPath(shipmentId), label: '출고 보기' }, band];
  const given = `${moment(at, now)} 출고 ${shipmentId}에 쓰였습니다.`;
  if (shipment === undefined) return { says: given, links };
  const former = shipment.formerNumbers?.find((one) => one.number === number);
  return {
    says: former === undefined ? given : `${given} ${replacedWords(former, shipment.waybillNumber, now)}`,
    links,
    code: shipmentCode(shipment.state, shipment.tracked?.status),
  };
};

const replacedWords = (
  { until, reason }: { until: number; reason: string },
  by: string | undefined,
  now: number,
): string => {
  const what = by === undefined ? '이제 쓰지 않는 번호입니다' : `${waybillNumber(by)}(으)로 바뀌었습니다`;
  return `${moment(until, now)} 우체국에서 ${what}. 사유: ${reason}`;
};
