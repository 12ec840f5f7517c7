import type { Call } from '../wire/call.ts';
import { approvalMatches } from '../office/registry.ts';
import type { World } from '../office/world.ts';
import { refuse } from '../wire/xml.ts';
import { limitedFields, requiredFields, shapedFields } from './order-fields.ts';
import type { Check } from './checks.ts';
import { checkCustomerAndType, firstOf, required, valid, within } from './checks.ts';

/**
 * Checks an InsertOrder as the manual's error table says. The live service's own order of checks when several
 * fields are wrong is not known; this one starts with custNo, so that a wrong security key gives ERR-211.
 */
export function checkOrder(call: Call, world: World): Check {
  return firstOf(
    () => checkCustomerAndType(call),
    () => checkContract(call, world),
    () => checkMeasures(call),
    () =>
      firstOf(
        ...requiredFields.map(
          ([name, label, code]) =>
            () =>
              required(call, name, label, code),
        ),
      ),
    () => checkReceiver(call),
    () =>
      firstOf(
        ...shapedFields.map(
          ([name, label, code, shape]) =>
            () =>
              valid(call, name, label, code, shape),
        ),
      ),
    () =>
      firstOf(...limitedFields.map((f) => () => within(call, f.name, f.limit, f.tooLong, world.switches))),
    () => checkInsurance(call),
    () => checkRepeats(call, world),
  );
}

function checkContract(call: Call, world: World): Check {
  const custNo = call.fields.get('custNo') ?? '';
  if (custNo.length > 10) return refuse('ERR-121', '데이터오류-고객번호(custNo) 값이 유효하지 않습니다.');
  if (!approvalMatches(world.registry, custNo, call.fields.get('apprNo') ?? '')) {
    return refuse('ERR-123', '승인번호(apprNo)가 일치하지 않습니다.');
  }
  const office = call.fields.get('officeSer') ?? '';
  return firstOf(
    () => required(call, 'officeSer', '공급지코드', 'ERR-211'),
    () => valid(call, 'officeSer', '공급지코드', 'ERR-223', /^[A-Za-z0-9]+$/),
    () =>
      world.switches.unknownOffice === 'accept' || world.registry.offices.has(`${custNo} ${office}`)
        ? null
        : refuse('ERR-223', '데이터오류-공급지코드(officeSer) 값이 유효하지 않습니다.'),
  );
}

function checkMeasures(call: Call): Check {
  const measures = [
    ['weight', '무게', 30],
    ['volume', '부피', 160],
  ] as const;
  for (const [name, label, most] of measures) {
    const value = call.fields.get(name) ?? '';
    if (value === '') continue;
    if (!/^\d+$/.test(value)) {
      return refuse('ERR-122', `데이터오류-${label}(${name})는 숫자(정수)로만 입력가능합니다.`);
    }
    // Seen in the wild as ERR-511: a step outside the contract.
    if (Number(value) < 1 || Number(value) > most) {
      return refuse('ERR-511', `데이터오류-${label}(${name}) 값이 계약된 구간에 없습니다.`);
    }
  }
  return null;
}

function checkReceiver(call: Call): Check {
  if ((call.fields.get('recAddr1') ?? '') === '') {
    return refuse('ERR-311', '필수항목누락-수취인(반품인) 주소(recAddr1)값이 없습니다.');
  }
  const mobile = call.fields.get('recMob') ?? '';
  if ((call.fields.get('recTel') ?? '') === '' && mobile === '') {
    return refuse('ERR-311', '필수항목누락-수취인(반품인) 전화번호(recTel), 이동통신(recMob) 값이 없습니다.');
  }
  if (mobile.length <= 12) return null;
  return refuse('ERR-323', '데이터오류-수취인(반품인) 휴대폰번호(recMob)가 유효하지 않습니다.');
}

function checkInsurance(call: Call): Check {
  const amount = call.fields.get('insuAmt') ?? '';
  if (call.fields.get('insuYn') !== 'Y' || amount === '') return null;
  const won = Number(amount);
  if (won >= 100_000 && won <= 3_000_000 && won % 10 === 0) return null;
  return refuse('ERR-523', '데이터오류-보험가입금액(insuAmt) 값이 유효하지 않습니다.');
}

function checkRepeats(call: Call, world: World): Check {
  const custNo = call.fields.get('custNo') ?? '';
  const orderNo = call.fields.get('orderNo') ?? '';
  const live = world.bookings.ofOrder(custNo, orderNo).some((b) => b.state === 'live' && !b.test);
  if (live && world.switches.repeatedOrderNo === 'refuse') {
    return refuse('ERR-526', '이미 등록된 주문번호(orderNo)입니다.');
  }
  const holder = world.bookings.byNumber(call.fields.get('regiNo') ?? '');
  const elsewhere = holder !== undefined && (holder.orderNo !== orderNo || holder.custNo !== custNo);
  if (elsewhere && world.switches.repeatedNumber === 'refuse') {
    return refuse('ERR-526', '이미 등록된 등기번호(regiNo)입니다.');
  }
  return null;
}
