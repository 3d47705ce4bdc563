import type { CloudParts } from '../wire/action';
import { markup, timeText, type Html } from './html';
import { addressOf, type ConsolePage } from './room';

const ROOMS: [page: string, name: string][] = [
  ['', '集合'],
  ['invocations', '调用'],
  ['timers', '定时器'],
  ['wechat', '微信消息'],
  ['files', '文件'],
  ['logs', '日志'],
  ['faults', '故障'],
];
/** Pages that stand inside another room. */
const INSIDE: Record<string, string> = { documents: '', document: '' };

/** The whole page around what one room shows. No script anywhere: the page works by links and forms. */
export function layout(
  cloud: CloudParts,
  canWrite: boolean,
  page: string,
  { title, body }: ConsolePage,
): Html {
  const here = INSIDE[page] ?? page;
  const links = ROOMS.map(
    ([room, name]) =>
      markup`<a href="${addressOf(room)}" ${room === here && markup`aria-current="page"`}>${name}</a>`,
  );
  return markup`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${cloud.env}</title>
        <link rel="stylesheet" href="${addressOf('style.css')}" />
      </head>
      <body>
        <header>
          <h1>本地云</h1>
          <nav>${links}</nav>
          <p>
            <span>${cloud.env}</span><time>${timeText(cloud.now())}</time
            ><span class="${canWrite ? 'open' : 'closed'}">${canWrite ? '可修改' : '只读'}</span>
          </p>
        </header>
        <main>
          <h2>${title}</h2>
          ${body}
        </main>
      </body>
    </html> `;
}
