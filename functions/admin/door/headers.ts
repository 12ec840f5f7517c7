/** Headers of every answer, pages and assets alike. `logout`: origins the sign-out form may lead to. */
export const securityHeaders = (logout: readonly string[]): Readonly<Record<string, string>> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    // the refresh and the session's clock
    "connect-src 'self'",
    ['form-action', "'self'", ...logout].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // not `no-referrer`: browsers would then send `Origin: null` with our own forms
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
});

/** Whatever names a person or a state is not kept by any cache. */
export const NO_STORE = 'no-store';
export const FOR_EVER = 'public, max-age=31536000, immutable';
