import { merchantOf } from '../../../merchant/contract.ts';
import { cancelShipment } from '../../../order/cancel.ts';
import type { Shipment } from '../../../shipment/shipment.ts';
import { resend } from '../../../transmission/resend.ts';
import type { Action, ActionResult, Confirmation, Context } from '../../page.ts';
import { waybillNumber } from '../../mask.ts';
import { resendPorts, writeDown } from '../deeds.ts';
import { canDo } from './can-do.ts';
import { findShipment, revealed } from './model.ts';
import { askCancel, askResend, askReveal } from './questions.ts';

const PAGE = '/shipments/:waybill';

/** One deed on one shipment: the address says which, the question asks why. */
const deed = (
  name: string,
  ask: ((shown: string) => Confirmation) | undefined,
  perform: (context: Context, shipment: Shipment, reason: string | undefined) => Promise<ActionResult>,
): Action<null> => ({
  path: `${PAGE}/${name}`,
  role: 'review',
  page: PAGE,
  parse: () => ({ outcome: 'input', input: null }),
  ...(ask && {
    confirm: async (context: Context) => {
      const found = await find(context);
      return ask(found?.waybillNumber === undefined ? '이 출고' : waybillNumber(found.waybillNumber));
    },
  }),
  perform: async (context, _input, { reason }) => {
    const shipment = await find(context);
    return shipment === undefined ? { outcome: 'not-found' } : perform(context, shipment, reason);
  },
});

const find = async ({ ports, params }: Context) =>
  (await findShipment(ports, params['waybill'] ?? ''))?.shipment;
const here = ({ params }: Context): string => `/shipments/${encodeURIComponent(params['waybill'] ?? '')}`;
const subject = ({ shipmentId }: Shipment): string => `shipment#${shipmentId}`;
const conflict = (message: string): ActionResult => ({ outcome: 'conflict', message });

/** Written down first: nothing is shown that the record does not know of. */
export const reveal = deed('reveal', askReveal, async (context, shipment, reason) => {
  if (shipment.parcel === undefined)
    return conflict('보관 기간이 지나 지웠습니다. 보여 드릴 내용이 없습니다.');
  await writeDown(context, { what: 'personal-data.revealed', subject: subject(shipment), reason });
  return { outcome: 'show', shown: revealed(shipment.parcel) };
});

export const resendOne = deed('resend', askResend, async (context, shipment, reason) => {
  const can = canDo(shipment, context.now, undefined).resend;
  if (!can.may) return conflict(can.says);
  const [resent] = await resend(resendPorts(context.ports), [shipment.shipmentId]);
  if (resent?.outcome !== 'queued') return conflict('그사이 상태가 바뀌었습니다. 바뀐 내용을 확인해 주세요.');
  await writeDown(context, {
    what: 'shipment.resent',
    subject: subject(shipment),
    reason,
    before: { state: shipment.state, ...(shipment.refusal && { code: shipment.refusal.code }) },
  });
  return {
    outcome: 'done',
    to: here(context),
    notice: { tone: 'ok', text: '다시 전송할 목록에 넣었습니다. 2분 안에 우체국에 보냅니다.' },
  };
});

export const cancel = deed('cancel', askCancel, async (context, shipment, reason) => {
  const { ports, now } = context;
  const can = canDo(shipment, now, undefined).cancel;
  if (!can.may) return conflict(can.says);
  const effects = await cancelShipment(ports, {
    shipmentId: shipment.shipmentId,
    ...merchantOf(shipment.contractId),
    ...(reason !== undefined && { reason: reason.slice(0, 200) }),
  });
  await ports.publish(effects.events);
  await ports.transmission.send(effects.transmit.map((shipmentId) => ({ body: { v: 1, shipmentId } })));
  await writeDown(context, {
    what: 'shipment.cancel-requested',
    subject: subject(shipment),
    reason,
    before: { state: shipment.state },
  });
  const refused = effects.events.find(({ detailType }) => detailType === 'CancellationRefused');
  if (refused?.detailType === 'CancellationRefused') return conflict(refused.detail.reason);
  const text =
    effects.transmit.length > 0
      ? '우체국에 취소를 요청했습니다. 답이 오면 이 화면에 나타납니다.'
      : '출고를 취소했습니다. 우체국에 보내지 않습니다.';
  return { outcome: 'done', to: here(context), notice: { tone: 'ok', text } };
});

export const check = deed('check', undefined, async (context, shipment) => {
  const can = canDo(shipment, context.now, undefined).check;
  if (!can.may) return conflict(can.says);
  await context.ports.tracking.send([{ body: { v: 1, kind: 'one', shipmentId: shipment.shipmentId } }]);
  await writeDown(context, { what: 'shipment.check-requested', subject: subject(shipment) });
  return {
    outcome: 'done',
    to: here(context),
    notice: { tone: 'info', text: '우체국에 배송상태를 묻고 있습니다. 잠시 뒤 이 화면을 다시 열어 주세요.' },
  };
});

export const shipmentActions = [reveal, resendOne, cancel, check];
