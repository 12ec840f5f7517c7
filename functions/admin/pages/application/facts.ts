/** 신청 내용: what the platform sent, personal data masked. */
import type { Application } from '../../../merchant/application.ts';
import { businessNumber, maskAddress, maskId, maskName, maskPhone } from '../../mask.ts';
import { day } from '../../time.ts';

/** What a reveal shows in place of the masked value. */
export type Hidden = 'contact' | 'site';
export interface Fact {
  name: string;
  value: string;
  /** masked: shown whole after a reveal with a reason */
  hidden?: Hidden;
  mute?: boolean;
}

export const factsOf = (application: Application, now: number): Fact[] => {
  const { contact, site, sellerId, shopId, approvalExpiresAt } = application;
  return [
    { name: '상호', value: application.companyName },
    { name: '사업자등록번호', value: businessNumber(application.businessNo) },
    { name: '우체국 고객번호', value: application.customerNo },
    { name: '우체국 승인번호', value: application.approvalNo },
    ...(approvalExpiresAt === undefined
      ? []
      : [{ name: '계약 만료일', value: day(Date.parse(`${approvalExpiresAt}T00:00:00+09:00`), now) }]),
    { name: '우체국 아이디', value: maskId(application.epostId) },
    {
      name: '우체국 비밀번호',
      value: application.hasPassword ? '암호화해 보관합니다. 화면에 표시하지 않습니다.' : '받지 않았습니다.',
      mute: true,
    },
    {
      name: '운송장번호',
      value: application.numbering === 'band' ? '미리 받은 대역에서 배정' : '우체국이 접수할 때 발급',
    },
    {
      name: '담당자 연락처',
      value: `${maskName(contact.name)} · ${maskPhone(contact.mobile)}`,
      hidden: 'contact',
    },
    {
      name: '공급지',
      value: `${site.name}(${site.officeSer}) · ${maskAddress(site.address1)} · ${maskName(site.contact)} · ${maskPhone(site.tel)}`,
      hidden: 'site',
    },
    { name: '쇼핑몰 코드', value: sellerId === undefined ? shopId : `${shopId} · 입점사 ${sellerId}` },
    { name: '신청 번호', value: application.applicationId },
  ];
};

/** The same two lines whole. Only for the answer to a reveal. */
export const revealedOf = ({ contact, site }: Application): Record<Hidden, string> => ({
  contact: `${contact.name} · ${contact.mobile.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1-$2-$3')}`,
  site: [
    `${site.name}(${site.officeSer})`,
    `(${site.zip}) ${site.address1} ${site.address2}`.trim(),
    site.contact,
    site.tel,
  ].join(' · '),
});
