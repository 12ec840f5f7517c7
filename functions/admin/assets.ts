/** What the browser loads beside the page, under names that change with the content. */
import { createHash } from 'node:crypto';

export interface Asset {
  path: string;
  type: string;
  body: string | Uint8Array<ArrayBuffer>;
}
export interface AssetPaths {
  css: string;
  js: string;
  /** the regular weight, loaded ahead */
  font: string;
}
export interface Assets {
  paths: AssetPaths;
  find(path: string): Asset | undefined;
}
export interface AssetSources {
  /** in cascade order; `url(regular)` and `url(semibold)` become the fonts' paths */
  css: readonly string[];
  js: string;
  fonts: { regular: Uint8Array<ArrayBuffer>; semibold: Uint8Array<ArrayBuffer> };
}

const FOLDER = '/assets/';

export const createAssets = ({ css, js, fonts }: AssetSources): Assets => {
  const regular = named('pretendard-gov-regular', 'woff2', 'font/woff2', fonts.regular);
  const semibold = named('pretendard-gov-semibold', 'woff2', 'font/woff2', fonts.semibold);
  const style = css
    .join('\n')
    .replaceAll('url(regular)', `url(${regular.path})`)
    .replaceAll('url(semibold)', `url(${semibold.path})`);
  const sheet = named('app', 'css', 'text/css; charset=utf-8', style);
  const script = named('app', 'js', 'text/javascript; charset=utf-8', js);
  const all = new Map([regular, semibold, sheet, script].map((asset) => [asset.path, asset]));
  return {
    paths: { css: sheet.path, js: script.path, font: regular.path },
    find: (path) => all.get(path),
  };
};

const named = (name: string, suffix: string, type: string, body: Asset['body']): Asset => {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { path: `${FOLDER}${name}.${hash}.${suffix}`, type, body };
};
