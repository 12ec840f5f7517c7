/** One InsertOrder field: its limit and the code of a value that is too long (manual p.17–18). */
export interface OrderField {
  name: string;
  limit: number;
  tooLong: string;
}

const other = (name: string, limit: number): OrderField => ({ name, limit, tooLong: 'ERR-521' });
// recMob is the one receiver field whose length error is printed, as 323; the others follow the scheme.
const receiver = (name: string, limit: number): OrderField => ({ name, limit, tooLong: 'ERR-321' });

/** Fields with a limit, in the manual's order; custNo, apprNo, reqType and recMob have checks of their own. */
export const limitedFields: readonly OrderField[] = [
  { name: 'officeSer', limit: 20, tooLong: 'ERR-221' },
  other('packngMtrCd', 2),
  other('orderNo', 50),
  other('insuAmt', 7),
  { name: 'ordCompNm', limit: 100, tooLong: 'ERR-221' },
  other('inqTelCn', 100),
  other('ordNm', 40),
  other('ordZip', 5),
  other('ordAddr1', 60),
  other('ordAddr2', 100),
  other('ordTel', 12),
  other('ordMob', 12),
  receiver('recNm', 40),
  receiver('recZip', 5),
  receiver('recAddr1', 150),
  receiver('recAddr2', 300),
  receiver('recTel', 12),
  other('goodsNm', 400),
  other('goodsCd', 400),
  other('goodsMdl', 400),
  other('goodsSize', 30),
  other('goodsColor', 40),
  other('qty', 5),
  other('delivMsg', 200),
  other('retReason', 40),
  other('retOrigRegiNo', 13),
];

/** Required fields besides the ones with their own sentence: name, Korean label, code. */
export const requiredFields: ReadonlyArray<readonly [name: string, label: string, code: string]> = [
  ['payType', '요금납부구분', 'ERR-511'],
  ['microYn', '초소형 여부', 'ERR-511'],
  ['orderNo', '주문번호', 'ERR-511'],
  ['ordCompNm', '주문처명', 'ERR-211'],
  ['recNm', '수취인명', 'ERR-311'],
  ['recZip', '수취인(반품인) 우편번호', 'ERR-311'],
  ['recAddr2', '수취인(반품인) 상세주소', 'ERR-311'],
  ['contCd', '내용품코드', 'ERR-511'],
  ['goodsNm', '상품명', 'ERR-511'],
];

/** Values with a closed list or a shape: name, Korean label, code, pattern. */
export const shapedFields: ReadonlyArray<readonly [name: string, label: string, code: string, RegExp]> = [
  ['payType', '요금납부구분', 'ERR-523', /^[12]$/],
  ['microYn', '초소형 여부', 'ERR-523', /^[YN]$/],
  ['packngMtrCd', '포장재', 'ERR-523', /^0[1359]$/],
  ['insuYn', '보험가입여부', 'ERR-523', /^[YN]$/],
  ['insuAmt', '보험가입금액', 'ERR-522', /^\d+$/],
  ['contCd', '내용품코드', 'ERR-523', /^02[1-9]$/],
  ['recZip', '수취인(반품인) 우편번호', 'ERR-323', /^\d{5}$/],
  ['ordZip', '주문자 우편번호', 'ERR-523', /^\d{5}$/],
  ['recTel', '수취인(반품인) 전화번호', 'ERR-322', /^\d+$/],
  ['recMob', '수취인(반품인) 휴대폰번호', 'ERR-322', /^\d+$/],
  ['ordTel', '주문자 전화번호', 'ERR-522', /^\d+$/],
  ['ordMob', '주문자 휴대폰번호', 'ERR-522', /^\d+$/],
  ['smsOrdCd', 'SMS 발송인 구분', 'ERR-523', /^[12]$/],
  ['printYn', '자체출력여부', 'ERR-523', /^[YN]$/],
  ['printAreaCdYn', '집중국코드 출력여부', 'ERR-523', /^[YN]$/],
  ['testYn', '테스트여부', 'ERR-523', /^[YN]$/],
  ['retVisitYmd', '방문희망일', 'ERR-523', /^\d{8}$/],
  // Not a documented field: where our side puts its own number in band mode.
  ['regiNo', '등기번호', 'ERR-523', /^\d{13}$/],
];
