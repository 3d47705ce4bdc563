import { randomUUID } from 'node:crypto';
import { CloudError, invalidParam } from '../failures';
import { checkCloudPath } from '../storage/blobs';
import { isPlainObject } from '../store/values';
import { readApiRequest, writeApiReply } from '../wechat/protobuf';
import type { Action, CloudParts } from './action';

const invokeFunction: Action = async ({ cloud, owner }, { function_name: name, request_data: data }) => {
  if (typeof name !== 'string' || name === '') throw invalidParam('function_name is missing');
  let event: unknown = {};
  try {
    if (typeof data === 'string' && data !== '') event = JSON.parse(data);
  } catch {
    throw invalidParam('request_data is not JSON');
  }
  const above = owner === undefined ? undefined : cloud.runner.sourceOf(owner);
  const source = above === undefined ? 'admin' : [above, 'scf'].filter(Boolean).join(',');
  const { result } = await cloud.runner.invoke(name, event, { source });
  return { data: { response_data: JSON.stringify(result ?? null) } };
};

const UPLOAD_LIFE = 3_600_000;
const DEFAULT_LINK_SECONDS = 7200;

/** `…/_blob/<path>?use=read&expires=…&sign=…`, the path not encoded: the SDK encodes the whole address. */
function address({ port, links }: CloudParts, use: 'read' | 'write', path: string, expires: number): string {
  return `http://127.0.0.1:${port}/_blob/${path}?use=${use}&expires=${expires}&sign=${links.sign(use, path, expires)}`;
}

const getUploadMetadata: Action = ({ cloud }, { path }) => {
  const cloudPath = checkCloudPath(path);
  const url = encodeURI(address(cloud, 'write', cloudPath, Date.now() + UPLOAD_LIFE));
  const fileId = `cloud://${cloud.env}.local-bucket/${cloudPath}`;
  return {
    data: {
      url,
      token: 'local-token',
      authorization: 'local-authorization',
      fileId,
      cosFileId: randomUUID(),
    },
  };
};

/** The path inside the bucket of `cloud://<env>.<bucket>/<path>`; `undefined` for another environment's file. */
function pathOf(fileId: unknown, env: string): string | undefined {
  const match = /^cloud:\/\/([^./]+)(?:\.[^/]*)?\/(.+)$/s.exec(String(fileId));
  return match && match[1] === env ? match[2] : undefined;
}

const MISSING = { code: 'STORAGE_FILE_NONEXIST', message: 'storage file not exists' };

const batchGetDownloadUrl: Action = async ({ cloud }, { file_list: files }) => {
  if (!Array.isArray(files)) throw invalidParam('file_list must be a list');
  const list = files.map(async (file: unknown) => {
    const { fileid, max_age: maxAge } = isPlainObject(file) ? file : {};
    const path = pathOf(fileid, cloud.env);
    if (path === undefined || !(await cloud.blobs.has(path)))
      return { fileID: fileid, ...MISSING, tempFileURL: '' };
    const seconds = typeof maxAge === 'number' && maxAge > 0 ? maxAge : DEFAULT_LINK_SECONDS;
    const tempFileURL = address(cloud, 'read', path, Date.now() + seconds * 1000);
    return { fileID: fileid, code: 'SUCCESS', tempFileURL, maxAge: seconds };
  });
  return { data: { download_list: await Promise.all(list) } };
};

const batchDeleteFile: Action = async ({ cloud }, { fileid_list: ids }) => {
  if (!Array.isArray(ids)) throw invalidParam('fileid_list must be a list');
  const list = ids.map(async (fileID: unknown) => {
    const path = pathOf(fileID, cloud.env);
    const removed = path !== undefined && (await cloud.blobs.remove(path));
    if (removed) await cloud.files.forget(path);
    return removed ? { fileID, code: 'SUCCESS' } : { fileID, ...MISSING };
  });
  return { data: { delete_list: await Promise.all(list) } };
};

/** `callWxOpenApi`: JSON in, JSON out. */
const wxApi: Action = async ({ cloud, requestId }, { apiName, requestData }) => {
  const request: unknown =
    typeof requestData === 'string' && requestData !== '' ? JSON.parse(requestData) : {};
  const answer = await cloud.wechat.receive(
    String(apiName),
    isPlainObject(request) ? request : {},
    requestId,
  );
  return { data: { responseData: JSON.stringify(answer) } };
};

/** What WeChat answers a function that did not declare the API in its config.json. */
const NOT_DECLARED = { errcode: -604101, errmsg: 'function has no permission to call this API' };
/** Under this name the sink takes what WeChat has no API for. */
const OURS = 'record.';

/** wx-server-sdk's `openapi.*`: protobuf in, protobuf out. */
const wxOpenApi: Action = async ({ cloud, requestId, owner }, { apiName, requestData }) => {
  if (!Buffer.isBuffer(requestData)) throw invalidParam('requestData is missing');
  const request = readApiRequest(requestData);
  const caller = owner === undefined ? undefined : cloud.runner.functionOf(owner);
  const declared = caller === undefined ? undefined : cloud.runner.bundle(caller)?.openApis;
  const api = String(apiName).replace(/^openapi\./, '');
  if (declared && !api.startsWith(OURS) && !declared.includes(api)) return writeApiReply(NOT_DECLARED);
  return writeApiReply(await cloud.wechat.receive(String(apiName), request, requestId));
};

/** `watch` asks for a ticket to a push service over WebSocket, before anything else. */
const wsWebSign: Action = ({ cloud, requestId }) => {
  const message =
    'watch() is not supported by the local cloud: it pushes no changes; ask again with get() after a while';
  cloud.log({ level: 'warn', source: 'database', about: 'watch', message, requestId });
  throw new CloudError('NOT_SUPPORTED', message);
};

const getUserInfoForAdmin: Action = (_context, { uuid }) => ({ data: { uid: uuid } });

export const OTHER_ACTIONS: Record<string, Action> = {
  'functions.invokeFunction': invokeFunction,
  'storage.getUploadMetadata': getUploadMetadata,
  'storage.batchGetDownloadUrl': batchGetDownloadUrl,
  'storage.batchDeleteFile': batchDeleteFile,
  'wx.api': wxApi,
  'wx.openApi': wxOpenApi,
  'auth.getUserInfoForAdmin': getUserInfoForAdmin,
  'auth.wsWebSign': wsWebSign,
};
