import { readAsset } from "./assets";
import { avatarColours } from "./avatar";
import { type Html, html, serializeForScript, trusted } from "./html";

const theme = readAsset("theme.css");

/**
 * One complete HTML document of the sandbox, without any outside resource.
 * `data` becomes `window.__wechatSandbox`, which the scripts extend and read.
 */
export function renderDocument(options: {
  title: string;
  styles: string;
  body: Html;
  data?: Record<string, unknown>;
  scripts?: readonly string[];
}): string {
  const { title, styles, body, data = {}, scripts = [] } = options;
  const prelude = `window.__wechatSandbox=${serializeForScript({ avatarColours, ...data })};`;
  const script = scripts.length === 0 ? "" : `<script>${prelude}\n${scripts.join("\n")}</script>`;
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(theme)}${trusted(styles)}</style>
</head>
<body>
${body}
${trusted(script)}
</body>
</html>
`.markup;
}
