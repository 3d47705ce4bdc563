/** What stands between this machine and the service. */
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)\b/;
const NOT_KNOWN = /AuthFailure|InvalidCredential|SecretIdNotFound|SignatureFailure|TokenFailure/;
const NOT_ALLOWED = /UnauthorizedOperation|OperationDenied|AccessDenied/;
const NO_SUCH_ENVIRONMENT = /InvalidParameter.*env|ResourceNotFound.*env|EnvNotFound|INVALID_ENV/i;

/** An error, and whatever it carries as its reason: the library puts whole errors where their words should be. */
function reasonsOf(error: unknown): unknown[] {
  if (typeof error !== 'object' || error === null) return [error];
  const { message, original, cause } = error as { message?: unknown; original?: unknown; cause?: unknown };
  return [error, ...[message, original, cause].filter(Boolean).flatMap(reasonsOf)];
}

/**
 * What went wrong with a call of the management interface, in a sentence with what to do.
 *
 * @example failureWords(Object.assign(new Error(), { code: 'ENOTFOUND' }))
 *   // → '连不上腾讯云（ENOTFOUND）。请检查网络，再运行一次同样的命令：已经做完的不会重做。'
 */
export function failureWords(error: unknown): string {
  const reasons = reasonsOf(error);
  const codes = reasons.flatMap((one) => {
    const { code } = Object(one) as { code?: unknown };
    return typeof code === 'string' && code !== '' ? [code] : [];
  });
  const words = reasons.filter((one): one is string => typeof one === 'string' && one !== '');
  const all = [...codes, ...words].join(' ');
  const unreachable = UNREACHABLE.exec(all)?.[0];
  if (unreachable)
    return `连不上腾讯云（${unreachable}）。请检查网络，再运行一次同样的命令：已经做完的不会重做。`;
  const said = words[0] ?? codes[0] ?? String(error);
  if (NOT_KNOWN.test(all))
    return `腾讯云不认这对密钥：${said}\n请到 访问管理 → API 密钥 核对 TENCENTCLOUD_SECRETID 和 TENCENTCLOUD_SECRETKEY；临时密钥还要 TENCENTCLOUD_SESSIONTOKEN。`;
  if (NOT_ALLOWED.test(all))
    return `这个账号没有权限做这一步：${said}\n请主账号在 访问管理 里授权（QcloudTCBFullAccess、QcloudSCFFullAccess），再运行一次。`;
  if (NO_SUCH_ENVIRONMENT.test(all))
    return `没有这个环境：${said}\n请核对 --env 和 --region（云开发控制台 → 概览）。`;
  return `${said}\n已经做完的都还在；再运行一次同样的命令会接着做。`;
}
