/** Why the local cloud could not start; `message` is a Chinese sentence that says what to do. */
export type StartFailure =
  | 'PORT_IN_USE'
  | 'DATA_FOLDER_IN_USE'
  | 'DATA_FORMAT_DIFFERS'
  | 'DATA_FOLDER_UNUSABLE'
  | 'INDEX_NOT_POSSIBLE';

export class CloudStartError extends Error {
  constructor(
    readonly code: StartFailure,
    message: string,
  ) {
    super(message);
    this.name = 'CloudStartError';
  }
}

/**
 * An answer the service refuses with: `code` as CloudBase names it, `message` as its SDK prints it.
 * On the wire it is HTTP 200 `{ code, message, requestId }`.
 */
export class CloudError extends Error {
  requestId = '';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'CloudError';
  }
}

const CONTACT = 'Please check your request, but if the problem persists, contact us.';

export const invalidParam = (message: string) => new CloudError('INVALID_PARAM', message);

/** MongoDB's own refusals (a wrong operator, a duplicate key) all arrive under this one code. */
export const requestFailed = (message: string) => new CloudError('DATABASE_REQUEST_FAILED', message);

export const collectionMissing = (name: string) =>
  new CloudError(
    'DATABASE_COLLECTION_NOT_EXIST',
    `[ResourceNotFound] Db or Table not exist: ${name}. Please check your request, but if the problem cannot be solved, contact us.`,
  );

export const duplicateKey = (collection: string, index: string, key: string) =>
  requestFailed(
    `[FailedOperation.Insert] multiple write errors: [{write errors: [{E11000 duplicate key error collection: ${collection} index: ${index} dup key: ${key}}]}, {<nil>}]`,
  );

export const transactionConflict = () =>
  new CloudError(
    'DATABASE_TRANSACTION_CONFLICT',
    `[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. ${CONTACT}`,
  );

export const transactionMissing = () =>
  new CloudError(
    'DATABASE_TRANSACTION_FAIL',
    `[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, transaction must be commit or abort in 30 seconds. ${CONTACT}`,
  );
