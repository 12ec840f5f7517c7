/** Personal data as the console shows it before a reveal with a reason. Masked text cannot be turned back. */

/** 가나다 → 가○다, 가나 → 가○ */
export const maskName = (name: string): string => {
  const letters = [...name.trim()];
  if (letters.length <= 1) return letters.length === 0 ? '' : '○';
  if (letters.length === 2) return `${letters[0]}○`;
  return `${letters[0]}${'○'.repeat(letters.length - 2)}${letters.at(-1)}`;
};

/** 01012344821 → 010-****-4821; a number too short to hide half of it shows nothing. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replaceAll(/\D/g, '');
  if (digits.length < 8) return digits === '' ? '' : '****';
  return `${digits.slice(0, digits.startsWith('02') ? 2 : 3)}-****-${digits.slice(-4)}`;
};

/** 서울특별시 마포구 새벽로 12, 3층 → 서울특별시 마포구 ○○로 *** */
export const maskAddress = (address: string): string => {
  const [region, district, road] = address.trim().split(/\s+/);
  if (region === undefined || region === '') return '';
  if (district === undefined) return '***';
  const kind = /(?:대로|로|길|동|읍|면|리|가)$/.exec(road ?? '')?.[0] ?? '';
  return [region, district, ...(kind === '' ? [] : [`○○${kind}`]), '***'].join(' ');
};

/** dameun-shop → dameun****: at most six letters, never more than half; the stars tell nothing of the length. */
export const maskId = (id: string): string => `${id.slice(0, Math.min(6, Math.floor(id.length / 2)))}****`;

/** 0123456789 → 012-34-56789, as businesses write it; anything else stays as it is. */
export const businessNumber = (digits: string): string =>
  digits.replace(/^(\d{3})(\d{2})(\d{5})$/, '$1-$2-$3');
/** 6899900123456 → 68999-0012-3456 */
export const waybillNumber = (digits: string): string =>
  digits.replace(/^(\d{5})(\d{4})(\d{4})$/, '$1-$2-$3');

/** Keys whose values name no person and open no door. Anything else in a body is hidden. */
export const TELLS_NO_PERSON = new Set(
  `v kind version id source detail-type time region account applicationId shipmentId orderId shopId
   sellerId contractId waybillNumber regiNo reqNo resNo resultCode code state status attempt deliveryMethod paid
   shippedAt receivedAt at box number of reason mustAct field rule seq block size queue runId jobId messageId
   numbering printYn reqType weightKg sizeCm packing quantity micro insuranceWon payer`.split(/\s+/),
);

/** A message or an answer of the carrier, fit to be shown: only what is known to be harmless keeps its value. */
export const maskBody = (value: unknown, shown = false): unknown => {
  if (Array.isArray(value)) return value.map((one) => maskBody(one, shown));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, maskBody(inner, TELLS_NO_PERSON.has(key))]),
    );
  if (shown || typeof value === 'boolean' || value === null || value === undefined || value === '')
    return value;
  return '***';
};
