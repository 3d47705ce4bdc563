import { CloudError } from '../failures';
import { nextDue } from '../clock/cron';
import { markup, timeText, type Html } from './html';
import { table } from './overview';
import { addressOf, type Act, type ConsoleRequest, type ShowPage } from './room';

/** The timers of the functions, and when each falls due next. */
export const showTimers: ShowPage = (request) => {
  const rows = request.cloud.runner.names().flatMap((name) => rowOf(request, name));
  const body = markup`${table(['定时器', '云函数', '周期', '下次到期', ''], rows, '没有定时器。')}
    <p class="note">时间是本地云的时钟，UTC+8。</p>`;
  return { title: '定时器', body };
};

function rowOf({ cloud, canWrite }: ConsoleRequest, name: string): Html[] {
  try {
    const timer = cloud.runner.bundle(name)?.timer;
    if (!timer) return [];
    const next = nextDue(timer.cron, cloud.now());
    const run = markup`<form method="post" action="${addressOf('act/run')}">
      <input type="hidden" name="function" value="${name}" /><button>现在运行</button>
    </form>`;
    return [
      markup`<tr>
        <td>${timer.name}</td>
        <td>${name}</td>
        <td><code>${timer.cron.text}</code></td>
        <td>${next === undefined ? '不再到期' : timeText(next)}</td>
        <td>${canWrite && run}</td>
      </tr>`,
    ];
  } catch (cause) {
    return [
      markup`<tr>
        <td colspan="5" class="bad">${name}：${(cause as Error).message}</td>
      </tr>`,
    ];
  }
}

/** Runs a timer's function as if it were due now; how it went is among the invocations. */
export const runTimer: Act = async (cloud, form) => {
  const name = form.get('function') ?? '';
  const timer = cloud.runner.bundle(name)?.timer;
  if (!timer) throw new CloudError('INVALID_PARAM', `云函数 ${name} 没有定时器。`);
  const event = {
    Type: 'Timer',
    TriggerName: timer.name,
    Time: new Date(cloud.now()).toISOString(),
    Message: '',
  };
  await cloud.runner.invoke(name, event).catch(() => undefined);
  return addressOf('invocations', { name });
};
