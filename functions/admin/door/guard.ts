/** Whether a change may come from where it says it comes. */

/**
 * True for a request a page of ours made: the browser says so itself. One that says nothing at all is refused: every
 * browser in use sends at least one of the two with a POST.
 */
export const isOurOwn = (headers: { get(name: string): string | null }, origin: string): boolean => {
  const [site, from] = [headers.get('sec-fetch-site'), headers.get('origin')];
  if (site !== null && site !== 'same-origin') return false;
  if (from !== null && from !== origin) return false;
  return site !== null || from !== null;
};

/** A path on this site to go on to after the sign-in; anything else leads to the overview. */
export const samePath = (to: string | undefined): string => {
  if (to === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(to) || to.includes('\\')) return '/';
  const url = URL.parse(to, 'https://console.invalid');
  return url?.origin === 'https://console.invalid' && !url.pathname.startsWith('/auth/') ? to : '/';
};
