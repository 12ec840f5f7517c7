import type { SourceName } from './sync.environment.ts';

/** Where each service answers on its host (wire facts 5.1 and 5.2). */
const PATHS: Record<SourceName, string> = {
  biz: '/KpostPortal/openapi',
  'data-go-kr': '/trace/retrieveLongitudinalService/retrieveLongitudinalService/getLongitudinalDomesticList',
};

/** A host alone gets the service's own path; an address with a path (the combined service, say) stays as it is. */
export const traceAddress = (name: SourceName, url: string): string => {
  const address = new URL(url);
  if (address.pathname === '/') address.pathname = PATHS[name];
  return address.href;
};
