import type { TxModel } from './model.ts';

type Query = Partial<Pick<TxModel, 'tab' | 'cause' | 'who'>> & { format?: 'csv' };

/** The list with these filters; `under` an address of its own, as forms have. */
export const txPath = (query: Query, under = ''): string => {
  const set = Object.entries(query).filter(([, value]) => value !== '');
  return `/transmissions${under}?${new URLSearchParams(Object.fromEntries(set)).toString()}`;
};
