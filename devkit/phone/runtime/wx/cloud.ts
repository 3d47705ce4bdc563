import { fileAt, holdFile } from '../files';
import { ask, type Phone } from '../phone';
import { api, refuse, type WxFamily } from './call';

/** WeChat's numbers for what can go wrong around a cloud function. */
const ERR_CODES: Record<string, number> = {
  FUNCTION_NOT_FOUND: -501000,
  FUNCTION_INVOCATION_TIMEOUT: -504003,
  EXCEED_MAX_PAYLOAD_SIZE: -502005,
  NETWORK: -1,
};
const EXECUTION_FAILED = -504002;

interface Failure {
  code?: string | number;
  message?: string;
}

function cloudFailure({ code, message }: Failure): Error {
  const numeric = typeof code === 'number' ? code : Number(code);
  const errCode = Number.isFinite(numeric) ? numeric : (ERR_CODES[code ?? ''] ?? EXECUTION_FAILED);
  return refuse(`Error: errCode: ${errCode} | errMsg: ${message ?? '云函数没有回答'}`, errCode);
}

async function answerOf<T>(phone: Phone, path: string, body: Blob | object): Promise<T> {
  const response = await ask(phone, path, body).catch((cause: unknown) => {
    throw cloudFailure({ code: 'NETWORK', message: cause instanceof Error ? cause.message : String(cause) });
  });
  const answer = (await response.json()) as T & { error?: Failure };
  if (answer.error) throw cloudFailure(answer.error);
  return answer;
}

/** `wx.cloud`: functions and files of the cloud, asked through the server that served this phone. */
export function cloud(phone: Phone): WxFamily {
  const { openid } = phone.setup;
  const shown = new Map<string, string>();
  let initialised = false;
  let calls = 0;
  return {
    cloud: {
      init: () => {
        initialised = true;
      },
      callFunction: api<{ name: string; data?: unknown }>('cloud.callFunction', async (o) => {
        if (!initialised) throw refuse("Cloud API isn't enabled, please call wx.cloud.init first", -1);
        if (typeof o.name !== 'string') throw refuse('parameter.name should be string', -501003);
        calls += 1;
        const body = { name: o.name, data: o.data ?? {}, openid };
        const { result } = await answerOf<{ result: unknown }>(phone, '/api/call', body);
        return { result, requestID: `${openid}-${calls}` };
      }),
      uploadFile: api<{ cloudPath: string; filePath: string }>('cloud.uploadFile', async (o) => {
        const blob = fileAt(o.filePath);
        if (!blob) throw refuse(`找不到文件 ${o.filePath}`, -403003);
        const query = new URLSearchParams({ name: o.cloudPath, openid }).toString();
        const { fileID } = await answerOf<{ fileID: string }>(phone, `/api/upload?${query}`, blob);
        shown.set(fileID, holdFile(blob));
        return { fileID, statusCode: 200 };
      }),
      getTempFileURL: api<{ fileList: string[] }>('cloud.getTempFileURL', (o) => ({
        fileList: o.fileList.map((fileID) => {
          const tempFileURL = shown.get(fileID) ?? '';
          return {
            fileID,
            tempFileURL,
            status: tempFileURL ? 0 : 1,
            errMsg: tempFileURL ? 'ok' : 'file not exists',
          };
        }),
      })),
    },
  };
}
