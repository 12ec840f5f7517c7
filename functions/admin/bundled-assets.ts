/** The files of `assets/` as they travel inside the bundle; only the bundler understands these imports. */
import base from './assets/base.css';
import frame from './assets/frame.css';
import parts from './assets/parts.css';
import media from './assets/media.css';
import script from './assets/app.asset.js';
import regular from './assets/fonts/PretendardGOV-Regular.subset.woff2';
import semibold from './assets/fonts/PretendardGOV-SemiBold.subset.woff2';
import { createAssets } from './assets.ts';

export const assets = createAssets({
  css: [base, frame, parts, media],
  js: script,
  fonts: { regular, semibold },
});
