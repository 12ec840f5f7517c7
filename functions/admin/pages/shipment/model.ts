import type { Shipment } from '../../../shipment/shipment.ts';
import type { Context } from '../../page.ts';
import { maskAddress, maskName, maskPhone, waybillNumber } from '../../mask.ts';
import { shipmentCode } from '../../shipment-code.ts';
import type { ShipmentCode } from '../../vocabulary.ts';
import { boxWords } from '../shipments/row.ts';
import { asNumber } from '../shipments/search.ts';
import { shopName } from '../shops.ts';
import { type CanDo, canDo } from './can-do.ts';
import { type HistoryItem, historyOf } from './history.ts';
import { type StepModel, stepsOf } from './steps.ts';

/** Names nobody: what is personal is masked here. */
export interface ShipmentModel {
  shipmentId: string;
  /** last part of its address */
  path: string;
  /** 5-4-4, or the shipment id while there is no number */
  name: string;
  number?: string;
  code: ShipmentCode;
  attempt: number;
  contractId: string;
  shop: string;
  orderId: string;
  box?: string;
  /** until ePost confirmed it, or until now */
  tookMs: number;
  confirmed: boolean;
  late: boolean;
  steps: StepModel[];
  history: HistoryItem[];
  /** undefined: removed after its retention time */
  recipient?: { name: string; phone: string; address: string };
  can: CanDo;
  developer: { name: string; value: string }[];
}

/** The shipment that a path names: one of our numbers, else a shipment id. */
export const findShipment = async (
  { attempts, findNumber }: Pick<Context['ports'], 'attempts' | 'findNumber'>,
  param: string,
): Promise<{ shipment: Shipment; block?: string } | undefined> => {
  const number = asNumber(param);
  const found = number === undefined ? undefined : await findNumber(number);
  const shipment = await attempts.read(found?.outcome === 'given' ? found.shipmentId : param);
  return shipment && { shipment };
};

export const readModel = async (context: Context, shipment: Shipment): Promise<ShipmentModel> => {
  const { ports, now, params } = context;
  const [shop, audit, block, [round]] = await Promise.all([
    shopName(ports, shipment.contractId),
    ports.audit.of(`shipment#${shipment.shipmentId}`),
    blockOf(context, shipment),
    ports.runs.latest(1),
  ]);
  const number = shipment.waybillNumber;
  const { booking, receivedAt, deadline } = shipment;
  return {
    shipmentId: shipment.shipmentId,
    path: params['waybill'] ?? shipment.shipmentId,
    name: number === undefined ? shipment.shipmentId : waybillNumber(number),
    ...(number !== undefined && { number }),
    code: shipmentCode(shipment.state, shipment.tracked?.status),
    attempt: shipment.attempt,
    contractId: shipment.contractId,
    shop,
    orderId: shipment.orderId,
    ...(shipment.box && { box: boxWords(shipment.box) }),
    tookMs: (booking?.at ?? now) - receivedAt,
    confirmed: booking !== undefined,
    late: (booking?.at ?? now) > deadline && shipment.state !== 'cancelled',
    steps: stepsOf(shipment),
    history: historyOf({ shipment, shop, audit, ...(block !== undefined && { block }) }),
    ...masked(shipment),
    can: canDo(shipment, now, round?.nextDueAt),
    developer: developerFacts(shipment),
  };
};

/** The run of numbers its number came from. */
const blockOf = async (
  { ports }: Context,
  { waybillNumber: number, contractId, formerNumbers }: Shipment,
) => {
  const first = formerNumbers?.[0]?.number ?? number;
  if (first === undefined || !/^\d{13}$/.test(first)) return undefined;
  const found = await ports.findNumber(first);
  if (found.outcome !== 'given') return undefined;
  const block = (await ports.pools.read(contractId))?.blocks.find((one) => one.block === found.block);
  return block && `${block.block}번째 대역 ${waybillNumber(block.first)} ~ ${waybillNumber(block.last)}`;
};

const masked = ({ parcel }: Shipment): Pick<ShipmentModel, 'recipient'> => {
  if (parcel === undefined) return {};
  const { name, mobile, tel, address1 } = parcel.recipient;
  return {
    recipient: {
      name: maskName(name),
      phone: maskPhone(mobile ?? tel ?? ''),
      address: maskAddress(address1),
    },
  };
};

/** What is shown after a reveal with a reason. */
export const revealed = ({ recipient }: NonNullable<Shipment['parcel']>): Record<string, string> => ({
  name: recipient.name,
  phone: [recipient.mobile, recipient.tel].filter(Boolean).join(', '),
  address: [`(${recipient.zip})`, recipient.address1, recipient.address2].filter(Boolean).join(' '),
});

const developerFacts = (shipment: Shipment): { name: string; value: string }[] => [
  { name: '출고 번호(멱등 키)', value: shipment.shipmentId },
  { name: '상태', value: `${shipment.state}${shipment.cause === undefined ? '' : ` (${shipment.cause})`}` },
  { name: '계약', value: shipment.contractId },
  { name: '시도', value: `${shipment.attempt}회` },
  ...(shipment.ledgerSeq === undefined ? [] : [{ name: '채번 원장', value: `#${shipment.ledgerSeq}` }]),
  ...(shipment.booking === undefined ? [] : [{ name: '우체국 신청 번호', value: shipment.booking.reqNo }]),
];
