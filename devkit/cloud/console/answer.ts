import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { CloudError } from '../failures';
import type { CloudParts } from '../wire/action';
import { readBody } from '../wire/body';
import { removeDocument, saveDocument, showDocument } from './document';
import { showDocuments } from './documents';
import { clearFaults, setFaults, showFaults } from './faults';
import { markup } from './html';
import { showInvocations, showLogs } from './invocations';
import { layout } from './layout';
import { showFiles, showOutbox } from './outbox';
import { showOverview } from './overview';
import type { Recent } from './recent';
import type { Act, ConsolePage, ShowPage } from './room';
import { runTimer, showTimers } from './timers';

/** The pages under `/_console`. */
export interface Console {
  answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
}

/** No script runs on these pages, whatever a document holds; forms lead nowhere else; nobody may frame them. */
const POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const ACTS: Record<string, Act> = {
  save: saveDocument,
  remove: removeDocument,
  run: runTimer,
  faults: setFaults,
  'no-faults': clearFaults,
};

/** The console of one cloud: it shows, and changes things only with `canWrite`. */
export function openConsole(cloud: CloudParts, recent: Recent, canWrite: boolean): Console {
  const pages: Record<string, ShowPage> = {
    '': showOverview,
    documents: showDocuments,
    document: showDocument,
    invocations: showInvocations(recent),
    logs: showLogs(recent),
    timers: showTimers,
    wechat: showOutbox,
    files: showFiles,
    faults: showFaults,
  };

  function show(page: string, query: URLSearchParams): ConsolePage {
    const room = Object.hasOwn(pages, page) ? pages[page] : undefined;
    return room ? room({ cloud, canWrite, query }) : refusedPage('没有这个页面。', 404);
  }

  async function act(name: string, request: IncomingMessage): Promise<string> {
    const body = (await readBody(request)).toString('utf8');
    if (!canWrite)
      throw new CloudError('READ_ONLY', '控制台是只读的。要在这里修改，请以可修改的方式重新启动本地云。');
    const perform = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
    if (!perform) throw new CloudError('NOT_FOUND', '没有这个操作。');
    return perform(cloud, new URLSearchParams(body));
  }

  return {
    async answer(request, response, url) {
      const page = url.pathname.replace(/^\/_console\/?/, '');
      if (request.method === 'GET' && page === 'style.css') return sendStyle(response);
      let shown: ConsolePage;
      try {
        if (request.method === 'POST' && page.startsWith('act/')) {
          response.writeHead(303, { location: await act(page.slice('act/'.length), request) });
          response.end();
          return;
        }
        if (request.method !== 'GET') shown = refusedPage('这个地址只能打开来看。', 405);
        else shown = show(page, url.searchParams);
      } catch (cause) {
        if (!(cause instanceof CloudError)) throw cause;
        shown = refusedPage(cause.message, STATUS[cause.code] ?? 400);
      }
      request.resume();
      response.writeHead(shown.status ?? 200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        // The address of a page holds conditions; without any referrer a form's origin would be null.
        'referrer-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      response.end(layout(cloud, canWrite, page, shown).text);
    },
  };
}

const STATUS: Record<string, number> = { READ_ONLY: 403, NOT_FOUND: 404, DATABASE_COLLECTION_NOT_EXIST: 404 };

const refusedPage = (sentence: string, status: number): ConsolePage => ({
  title: '没有做成',
  body: markup`<p class="refused">${sentence}</p>`,
  status,
});

function sendStyle(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'x-content-type-options': 'nosniff' });
  response.end(readFileSync(join(__dirname, 'style.css')));
}
