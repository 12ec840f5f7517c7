import { displayWidth, padToWidth } from './display-width.ts';
import { optionRows } from './option-table.ts';

/** The text of `--help`: two examples first. */
export const helpText = (version: string): string => {
  const names = optionRows.map(
    ([name, { value, short }]) => `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`,
  );
  const column = Math.max(...names.map(displayWidth)) + 2;
  const rows = optionRows.map(([, { help }], index) => `  ${padToWidth(names[index]!, column)}${help}`);
  return `우체국택배 자동화 ${version}

예:
  npm start                                  데모 주문 1건을 출고완료부터 배송완료까지 따라갑니다
  npm start -s -- --json --no-demo            다른 프로그램에서 쓸 수 있게 띄웁니다

옵션 (EPOST_PORT=4310 처럼 환경 변수로도 줄 수 있고, 옵션이 먼저입니다):
${rows.join('\n')}

이벤트 보내기 (아무 AWS SDK나 CLI로, 자격 증명은 아무 값이나):
  aws events put-events --endpoint-url http://localhost:4302 --region ap-northeast-2 --entries file://order.json

이용신청 API (서명한 요청만 받습니다):
  curl --aws-sigv4 aws:amz:ap-northeast-2:lambda --user local:local http://localhost:4304/openapi.json

제어 (localhost 전용, 기본 http://localhost:4303):
  POST /clock     {"advanceMs": 600000} 또는 {"jump": true} 또는 {"speed": 60}
  POST /journeys  {"play": "all", "until": "배달완료"}   모의 우체국의 배송을 진행합니다
  POST /faults    {"kind": "maintenance"}   DELETE /faults   GET /state
  GET /sms        보낸 것으로 치는 문자   GET /outputs

계약 파일 (--contracts):
  [{"shopId":"my-shop","companyName":"우리가게","customerNo":"0004100299","approvalNo":"4001003099",
    "officeSer":"SITE99","numbers":{"first":"6899990000001","last":"6899990001000"}}]

끝나는 값: 0 정상 · 1 실패 · 2 잘못된 사용 · 130 Ctrl+C
`;
};
