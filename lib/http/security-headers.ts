/**
 * Headers of every answer. Scripts run by nonce only; the JS-SDK's hosts are the one exception that
 * WeChat needs, the sandbox's origin the one that the demo needs.
 */
export function securityHeaders(options: {
  nonce: string | null;
  jsSdkUrl: string;
  sandboxUrl: string | null;
  isSecure: boolean;
}): Record<string, string> {
  const sandbox = options.sandboxUrl ? ` ${options.sandboxUrl}` : "";
  const jsSdk = new Set([
    new URL(options.jsSdkUrl).origin,
    "https://res.wx.qq.com",
    "https://res2.wx.qq.com",
  ]);
  const nonce = options.nonce ? ` 'nonce-${options.nonce}'` : "";
  const policy = [
    "default-src 'self'",
    `script-src 'self'${nonce} ${[...jsSdk].join(" ")}`,
    // React writes style attributes (sizes of drawings); styles cannot run code.
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: https://*.qlogo.cn${sandbox}`,
    `connect-src 'self'${sandbox}`,
    `frame-src${sandbox || " 'none'"}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    // Signing in is a form that WeChat's redirect answers.
    `form-action 'self' https://open.weixin.qq.com${sandbox}`,
  ];
  return {
    "content-security-policy": policy.join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    ...(options.isSecure
      ? { "strict-transport-security": "max-age=31536000; includeSubDomains" }
      : {}),
  };
}
