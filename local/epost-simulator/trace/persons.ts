const invented = ['나가상', '모수취', '구본보', '도시늉', '허깨비', '임시로'];

/** Invented people of a waybill: tracking answers carry names, and whoever reads them must drop them. */
export function personsOf(regiNo: string): { sender: string; recipient: string } {
  const pick = Number(regiNo.slice(-4)) % invented.length;
  return {
    sender: `${invented[pick] ?? '나가상'}(발송)`,
    recipient: invented[(pick + 1) % invented.length] ?? '모수취',
  };
}
