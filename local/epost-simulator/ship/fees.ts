/** Size steps of the manual (note 17) with an invented tariff: offices set their own prices. */
const steps = [
  { kg: 2, cm: 60, won: 3_300 },
  { kg: 5, cm: 80, won: 3_800 },
  { kg: 10, cm: 120, won: 4_800 },
  { kg: 20, cm: 140, won: 6_300 },
  { kg: 30, cm: 160, won: 8_300 },
] as const;

type Fields = ReadonlyMap<string, string>;

/** Expected price in won, insurance and island fees included; the higher of the two steps counts. */
export function parcelPrice(fields: Fields): number {
  const kg = Number(fields.get('weight') || 2);
  const cm = Number(fields.get('volume') || 60);
  const step = steps.find((s) => kg <= s.kg && cm <= s.cm) ?? steps[steps.length - 1];
  const base = fields.get('microYn') === 'Y' ? 2_800 : (step?.won ?? 0);
  return base + insuranceFee(fields) + islandFee(fields.get('recZip') ?? '');
}

/** 1,000 won up to 500,000, then 500 for each further 100,000 or part of it (the part is our reading). */
export function insuranceFee(fields: Fields): number {
  if (fields.get('insuYn') !== 'Y') return 0;
  const above = Math.max(0, Number(fields.get('insuAmt') ?? 0) - 500_000);
  return 1_000 + Math.ceil(above / 100_000) * 500;
}

/** 400 won from the mainland to 제주 (63xxx) and 울릉도 (40200–40240). */
export function islandFee(zip: string): number {
  return zip.startsWith('63') || (zip >= '40200' && zip <= '40240') ? 400 : 0;
}
