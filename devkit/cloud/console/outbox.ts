import { cut, markup, timeText } from './html';
import { table } from './overview';
import type { ShowPage } from './room';
import { valueHtml } from './value';

const MOST_SHOWN = 200;
const LINK_LIFE = 600_000;

/** The messages functions sent to WeChat, newest first; here they were only kept. */
export const showOutbox: ShowPage = ({ cloud }) => {
  const all = cloud.wechat.sent().reverse();
  const rows = all.slice(0, MOST_SHOWN).map(
    ({ at, api, openid, templateId, request, errcode }) =>
      markup`<details>
        <summary>
          <time>${timeText(at)}</time><b>${cut(api, 80)}</b> <span>${openid}</span><span>${templateId}</span
          ><span class="${errcode === 0 ? 'fine' : 'bad'}"
            >${errcode === 0 ? '已接受' : `拒绝 ${errcode}`}</span
          >
        </summary>
        <pre>${valueHtml(request)}</pre>
      </details>`,
  );
  const body = markup`<p class="note">
      共 ${all.length}
      条${all.length > MOST_SHOWN && `，显示最近 ${MOST_SHOWN} 条`}。这里只保存，不会真的发出。
    </p>
    ${rows.length === 0 ? markup`<p class="nothing">还没有消息。</p>` : markup`<div class="docs">${rows}</div>`}`;
  return { title: '微信消息', body };
};

/** The files of cloud storage, each under an address that opens it for ten minutes. */
export const showFiles: ShowPage = ({ cloud }) => {
  const all = cloud.files.list();
  const expires = Date.now() + LINK_LIFE;
  const rows = all.slice(0, MOST_SHOWN).map(({ path, bytes, at }) => {
    const place = path.split('/').map(encodeURIComponent).join('/');
    const sign = cloud.links.sign('read', path, expires);
    const address = `/_blob/${place}?use=read&expires=${expires}&sign=${sign}`;
    return markup`<tr>
      <td class="long"><a href="${address}">${cut(path, 200)}</a></td>
      <td class="number">${sizeText(bytes)}</td>
      <td>${timeText(at)}</td>
    </tr>`;
  });
  const note = markup`<p class="note">
    共 ${all.length} 个${all.length > MOST_SHOWN && `，按名字显示前 ${MOST_SHOWN} 个`}。
  </p>`;
  return {
    title: '文件',
    body: markup`${note}${table(['路径', '大小', '写入时间'], rows, '云存储里还没有文件。')}`,
  };
};

/**
 * A size for reading.
 *
 * @example sizeText(1536); // → '1.5 KB'
 */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
