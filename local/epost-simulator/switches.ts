/** How the simulator reads what the manual leaves open; each switch is one behaviour of behaviours.ts. */
export interface Switches {
  cdata: 'tight' | 'blanks' | 'newlines' | 'none';
  prolog: 'present' | 'absent';
  errorShape: 'xsync' | 'bare' | 'xsync-data';
  cancelTags: 'lower' | 'camel';
  officeNameTag: 'regiPoNm' | 'regipoNm';
  repeatedOrderNo: 'accept' | 'refuse';
  repeatedNumber: 'accept' | 'refuse';
  statusAfterCancel: '05' | '00';
  lengthUnit: 'characters' | 'bytes';
  unknownOffice: 'accept' | 'refuse';
  traceWord: 'tracestatus' | 'eventnm' | 'delivrsltnm';
  traceDate: 'dots' | 'hyphens';
  /** Calls a Korean day that each data.go.kr service answers; the development key's figure is 10,000. */
  dataGoKrQuota: number;
}

/** The allowed values of each switch, first the default; a number means "any whole number". */
export const switchValues: { [K in keyof Switches]: readonly Switches[K][] } = {
  cdata: ['tight', 'blanks', 'newlines', 'none'],
  prolog: ['present', 'absent'],
  errorShape: ['xsync', 'bare', 'xsync-data'],
  cancelTags: ['lower', 'camel'],
  officeNameTag: ['regiPoNm', 'regipoNm'],
  repeatedOrderNo: ['accept', 'refuse'],
  repeatedNumber: ['refuse', 'accept'],
  statusAfterCancel: ['05', '00'],
  lengthUnit: ['characters', 'bytes'],
  unknownOffice: ['accept', 'refuse'],
  traceWord: ['tracestatus', 'eventnm', 'delivrsltnm'],
  traceDate: ['dots', 'hyphens'],
  dataGoKrQuota: [10_000],
};

/** A fresh set of switches, every one at its default (the pessimistic or the documented reading). */
export function defaultSwitches(): Switches {
  const entries = Object.entries(switchValues).map(([name, values]) => [name, values[0]]);
  return Object.fromEntries(entries) as Switches;
}

/** Puts all the switches given or none; answers what is wrong with the first bad one, or null. */
export function putSwitches(switches: Switches, wanted: Readonly<Record<string, unknown>>): string | null {
  const put: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(wanted)) {
    if (!Object.hasOwn(switchValues, name)) return `unknown switch: ${name}`;
    const counted = name === 'dataGoKrQuota';
    const value = counted ? Number(given) : given;
    const allowed = switchValues[name as keyof Switches] as readonly unknown[];
    if (counted && !(Number.isInteger(value) && Number(value) >= 0)) return `${name} must be a whole number`;
    if (!counted && !allowed.includes(value)) return `${name} must be one of: ${allowed.join(', ')}`;
    put[name] = value;
  }
  Object.assign(switches, put);
  return null;
}
