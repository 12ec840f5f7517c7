/** How an operator likes to see the console; a cookie, since it is of the screen and not of the person. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export interface Display {
  theme: Theme;
  /** `/` goes to the search */
  slash: boolean;
}
export const DISPLAY_COOKIE = 'display';

export const displayOf = (cookie: string | undefined): Display => {
  const [theme, slash] = (cookie ?? '').split('.');
  return { theme: THEMES.find((known) => known === theme) ?? 'auto', slash: slash !== 'off' };
};
export const displayCookie = ({ theme, slash }: Display): string => `${theme}.${slash ? 'on' : 'off'}`;
