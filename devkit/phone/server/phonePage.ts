import type { PhoneSetup } from '../runtime/setup';

/** Text safe inside a script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

const head = (title: string, style: string) =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>` +
  '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">' +
  `<link rel="icon" href="data:,"><link rel="stylesheet" href="${style}"></head>`;

/** The document of one phone. */
export function phonePage(setup: PhoneSetup): string {
  return (
    head('手机', '/out/shell.css') +
    `<body><div id="pages"></div><script type="application/json" id="phone-setup">${inScript(setup)}</script>` +
    '<script src="/out/phone.js"></script></body></html>'
  );
}

/** The document of the desk. */
export function deskPage(): string {
  return head('回头客 · 桌面', '/out/desk.css') + '<body><script src="/out/desk.js"></script></body></html>';
}
